/** Programs with Iris's own middleware in front of its routes. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { copyPrograms, releasesIn, startGoProgram, whyNoModules } from '../../launchers/go-programs.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const releases = path.join(here, 'releases');

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: releasesIn(releases, 'Iris'),
  missing: whyNoModules(releases, 'Iris'),
  notRun: ['iris-contrib/middleware/cors: read, not run: the module proxies of some places do not carry it'],
  // A request without an Origin that no check passes is answered by 403, too.
  ownStatuses: false,
  fill: (programs) => copyPrograms(path.join(here, 'programs'), programs),
  start: startGoProgram,
};
