/** Elysia on Node with `@elysiajs/cors`. */
import { startNode } from '../../launchers/processes.mjs';

const packages = Object.fromEntries(['elysia', '@elysiajs/cors', '@elysiajs/node'].map((name) => [name, name]));

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [
    { label: '@elysiajs/cors 1.4.2', packages },
    { label: '@elysiajs/cors 1.3.0', packages: { ...packages, '@elysiajs/cors': 'elysia-cors130' } },
  ],
  start: startNode,
};
