/** Programs with the middleware of gorilla/handlers in front of a handler. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { whyNoGo } from '../../launchers/go-launcher.mjs';
import { copyPrograms, releasesIn, startGoProgram } from '../../launchers/go-programs.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: releasesIn(path.join(here, 'releases'), 'gorilla/handlers'),
  missing: whyNoGo,
  // What is not allowed is answered by 403, 405 or 400 without a header, which the model does not tell apart.
  ownStatuses: false,
  // Names of headers are written in capitals, which browsers compare ignoring case.
  unordered: true,
  fill: (programs) => copyPrograms(path.join(here, 'programs'), programs),
  start: startGoProgram,
};
