/** Servers of go-zero with an option for CORS. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { copyPrograms, releasesIn, startGoProgram, whyNoModules } from '../../launchers/go-programs.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const releases = path.join(here, 'releases');

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: releasesIn(releases, 'go-zero'),
  missing: whyNoModules(releases, 'go-zero'),
  fill: (programs) => copyPrograms(path.join(here, 'programs'), programs),
  start: startGoProgram,
};
