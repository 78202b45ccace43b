/** Programs with hertz-contrib/cors in front of a route of Hertz. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { copyPrograms, releasesIn, startGoProgram, whyNoModules } from '../../launchers/go-programs.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const releases = path.join(here, 'releases');

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: releasesIn(releases, 'hertz-contrib/cors'),
  missing: whyNoModules(releases, 'hertz-contrib/cors'),
  refusal: /ended before it listened: panic: /,
  fill: (programs) => copyPrograms(path.join(here, 'programs'), programs),
  start: startGoProgram,
};
