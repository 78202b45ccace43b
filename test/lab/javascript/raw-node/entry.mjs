/** Headers written by hand in servers of Node's own `http`. */
import { startNode } from '../../launchers/processes.mjs';

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = { versions: [{ label: `Node ${process.versions.node}` }], start: startNode };
