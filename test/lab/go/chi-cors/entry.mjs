/** Programs with go-chi/cors in front of a handler. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { whyNoGo } from '../../launchers/go-launcher.mjs';
import { copyPrograms, releasesIn, startGoProgram } from '../../launchers/go-programs.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: releasesIn(path.join(here, 'releases'), 'go-chi/cors'),
  missing: whyNoGo,
  // Names of headers are written in capitals, which browsers compare ignoring case.
  unordered: true,
  fill: (programs) => copyPrograms(path.join(here, 'programs'), programs),
  start: startGoProgram,
};
