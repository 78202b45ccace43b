/** Headers written by hand in Koa. */
import { thrown } from '../../launchers/fetch-adapters.mjs';
import { startNode } from '../../launchers/processes.mjs';

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [
    { label: 'Koa 3.3.0', packages: { koa: 'koa' } },
    { label: 'Koa 2.16.4', packages: { koa: 'koa2' } },
  ],
  start: startNode,
  errors: thrown,
};
