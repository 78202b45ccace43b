/** Programs with Echo's own middleware in front of a route, releases 4 and 5. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { whyNoGo } from '../../launchers/go-launcher.mjs';
import { copyPrograms, releasesIn, startGoProgram } from '../../launchers/go-programs.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const [five, four, ...older] = releasesIn(path.join(here, 'releases'), 'Echo');

function entryOf(folder, versions, names) {
  return {
    versions,
    missing: whyNoGo,
    fill: (programs) => copyPrograms(path.join(here, folder), programs, names),
    start: startGoProgram,
  };
}

/** @type {import('../../runner/entry.mjs').Entry[]} */
export const entries = [
  entryOf('programs', [four]),
  entryOf('programs-5', [five]),
  // What has changed since: the star beside credentials, and the methods, which the router did not name yet.
  entryOf('programs', older, ['default', 'factory', 'forgotten', 'star-behind', 'star-credentials', 'wildcard-end']),
];
