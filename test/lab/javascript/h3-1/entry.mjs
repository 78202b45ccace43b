/** h3 1, which Nitro 2 and Nuxt run on. */
import { startNode } from '../../launchers/processes.mjs';

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: 'h3 1.15.11', packages: { h3: 'h3-1' } }],
  start: startNode,
  errors: () => [{ path: '/fails', status: 500 }],
};
