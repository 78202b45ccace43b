/** h3 2 on Node. */
import { startNode } from '../../launchers/processes.mjs';

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: 'h3 2.0.8', packages: { h3: 'h3' } }],
  start: startNode,
  errors: () => [{ path: '/fails', status: 500 }],
};
