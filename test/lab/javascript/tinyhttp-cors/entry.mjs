/** tinyhttp with `@tinyhttp/cors`. */
import { startNode } from '../../launchers/processes.mjs';

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [
    {
      label: '@tinyhttp/cors 2.0.1 on tinyhttp 3.0.11',
      packages: { '@tinyhttp/app': '@tinyhttp/app', '@tinyhttp/cors': '@tinyhttp/cors' },
    },
  ],
  start: startNode,
};
