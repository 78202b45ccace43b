/** Fastify with its plugin `@fastify/cors`. */
import { startNode } from '../../launchers/processes.mjs';

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [
    {
      label: '@fastify/cors 11.4.3 on Fastify 5.12.8',
      packages: { fastify: 'fastify', '@fastify/cors': '@fastify/cors' },
    },
    {
      label: '@fastify/cors 10.1.0 on Fastify 5.12.8',
      packages: { fastify: 'fastify', '@fastify/cors': 'fastify-cors10' },
    },
  ],
  start: startNode,
};
