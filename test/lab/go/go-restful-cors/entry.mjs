/** Programs with go-restful's own filter in front of a web service, with the newest release and the first that takes no patterns. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { whyNoGo } from '../../launchers/go-launcher.mjs';
import { copyPrograms, releasesIn, startGoProgram } from '../../launchers/go-programs.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: releasesIn(path.join(here, 'releases'), 'go-restful'),
  missing: whyNoGo,
  // A preflight that the filter leaves alone is answered by the router, by 405.
  ownStatuses: false,
  fill: (programs) => copyPrograms(path.join(here, 'programs'), programs),
  start: startGoProgram,
};
