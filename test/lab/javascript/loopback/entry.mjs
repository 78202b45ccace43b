/** LoopBack 4: `rest.cors` of an application, which its server hands to the package `cors`. */
import { startNode } from '../../launchers/processes.mjs';

const packages = { '@loopback/rest': '@loopback/rest', '@loopback/core': '@loopback/core' };

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: '@loopback/rest 15.0.16 with cors 2.8.6', packages: { ...packages, cors: 'cors' } }],
  start: (run) => startNode({ ...run, launcher: new URL('serve.mjs', import.meta.url) }),
  errors: () => [{ path: '/missing', status: 404 }],
};
