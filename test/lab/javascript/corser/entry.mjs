/** Express and plain Node with `corser`. */
import { startNode } from '../../launchers/processes.mjs';

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: 'corser 2.0.1 on Express 5.3.0', packages: { corser: 'corser', express: 'express' } }],
  start: startNode,
};
