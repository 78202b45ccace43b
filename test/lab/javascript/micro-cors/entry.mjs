/** micro, and plain Node, with `micro-cors`. */
import { startNode } from '../../launchers/processes.mjs';

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: 'micro-cors 0.1.1 on micro 10.0.1', packages: { micro: 'micro', 'micro-cors': 'micro-cors' } }],
  start: startNode,
};
