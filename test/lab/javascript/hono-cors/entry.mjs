/** Hono with its own `cors`. */
import { startNode } from '../../launchers/processes.mjs';

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: 'Hono 4.13.19', packages: { hono: 'hono', '@hono/node-server': '@hono/node-server' } }],
  start: startNode,
};
