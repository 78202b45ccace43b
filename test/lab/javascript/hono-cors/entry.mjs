/** Hono with its own `cors`. */
import { startNode } from '../../launchers/processes.mjs';

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [
    ['Hono 4.13.19', 'hono'],
    ['Hono 4.12.24', 'hono41224'],
    ['Hono 4.6.4', 'hono464'],
  ].map(([label, hono]) => ({ label, packages: { hono, '@hono/node-server': '@hono/node-server' } })),
  start: startNode,
};
