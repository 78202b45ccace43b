/** Programs with the filter of Beego in front of a route. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { copyPrograms, releasesIn, startGoProgram, whyNoModules } from '../../launchers/go-programs.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const releases = path.join(here, 'releases');

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: releasesIn(releases, 'Beego'),
  missing: whyNoModules(releases, 'Beego'),
  fill: (programs) => copyPrograms(path.join(here, 'programs'), programs),
  start: startGoProgram,
};
