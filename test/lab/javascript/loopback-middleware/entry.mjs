/** LoopBack 3, started by `loopback-boot` with the `middleware.json` of each program. */
import { startNode } from '../../launchers/processes.mjs';

const packages = {
  loopback: 'loopback',
  'loopback-boot': 'loopback-boot',
  'loopback-datasource-juggler': 'loopback-datasource-juggler',
};

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: 'LoopBack 3.28.0 with cors 2.8.6', packages: { ...packages, cors: 'cors' } }],
  start: ({ file, port }) => startNode({ file: new URL('serve.mjs', import.meta.url).pathname, port, args: [file] }),
  pathOf: ({ scope }) => (scope.startsWith('/') ? scope.split(', ')[0] : '/'),
};
