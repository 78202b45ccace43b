/** Koa with `@koa/cors`. */
import { startNode } from '../../launchers/processes.mjs';

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [
    { label: '@koa/cors 5.0.0 on Koa 3.3.0', packages: { koa: 'koa', '@koa/cors': '@koa/cors' } },
    { label: '@koa/cors 4.0.0 on Koa 2.16.4', packages: { koa: 'koa2', '@koa/cors': 'koa-cors4' } },
    { label: '@koa/cors 3.4.3 on Koa 2.16.4', packages: { koa: 'koa2', '@koa/cors': 'koa-cors34' } },
    { label: '@koa/cors 3.1.0 on Koa 2.16.4', packages: { koa: 'koa2', '@koa/cors': 'koa-cors31' } },
  ],
  start: startNode,
};
