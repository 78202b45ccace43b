/** Programs with gin-contrib/cors in front of a route, with several releases of the package. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { whyNoGo } from '../../launchers/go-launcher.mjs';
import { copyPrograms, releasesIn, startGoProgram } from '../../launchers/go-programs.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const [newest, ...older] = releasesIn(path.join(here, 'releases'), 'gin-contrib/cors');

function entryOf(versions, names) {
  return {
    versions,
    missing: whyNoGo,
    fill: (programs) => copyPrograms(path.join(here, 'programs'), programs, names),
    start: startGoProgram,
  };
}

/** @type {import('../../runner/entry.mjs').Entry[]} */
export const entries = [
  entryOf([newest]),
  // What has changed since: the methods of the defaults, and the letter before a star at the end.
  entryOf(older, [
    'default-config-headers',
    'list-beside-function',
    'star-credentials',
    'wildcard-any',
    'wildcard-end',
  ]),
];
