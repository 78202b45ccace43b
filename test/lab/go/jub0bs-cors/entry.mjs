/** Programs with jub0bs/cors in front of a handler, with releases before and after what it refuses changed. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { copyPrograms, releasesIn, startGoProgram, whyNoModules } from '../../launchers/go-programs.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const releases = path.join(here, 'releases');

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: releasesIn(releases, 'jub0bs/cors'),
  missing: whyNoModules(releases, 'jub0bs/cors'),
  refusal: /ended before it listened: [\d/: ]+cors: /,
  fill: (programs) => copyPrograms(path.join(here, 'programs'), programs),
  start: startGoProgram,
};
