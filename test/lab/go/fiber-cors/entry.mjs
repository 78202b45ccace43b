/** Programs with Fiber's own middleware in front of a route, releases 2 and 3. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { whyNoGo } from '../../launchers/go-launcher.mjs';
import { copyPrograms, releasesIn, startGoProgram } from '../../launchers/go-programs.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const [three, two, ...older] = releasesIn(path.join(here, 'releases'), 'Fiber');
/** Programs that do not start with newer releases, or that those cannot compile. */
const onlyBefore = ['star-behind', 'star-credentials', 'wildcard-end', 'wildcard-old'];

function entryOf(folder, versions, isRun = () => true) {
  return {
    versions,
    missing: whyNoGo,
    fill: (programs) => copyPrograms(path.join(here, folder), programs).filter((name) => isRun(path.dirname(name))),
    start: startGoProgram,
  };
}

const [panicking, literal, reflecting] = older;
/** What has changed since the release of 2024 that compares origins strictly. */
const changed = ['default', 'list', 'methods', 'one-credentials', 'upper-case', 'wildcards'];
const functions = ['function', 'list-beside-function', 'reflect'];

/** @type {import('../../runner/entry.mjs').Entry[]} */
export const entries = [
  entryOf('programs', [two], (name) => !onlyBefore.includes(name)),
  entryOf('programs-3', [three]),
  entryOf('programs', [panicking], (name) => [...changed, ...functions, 'wildcard-old'].includes(name)),
  entryOf('programs', [literal], (name) => [...changed, ...functions, ...onlyBefore].includes(name)),
  entryOf('programs', [reflecting], (name) => [...changed, ...onlyBefore].includes(name)),
];
