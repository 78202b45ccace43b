/** Headers written by hand in Fastify. */
import { thrown } from '../fetch-adapters.mjs';
import { startNode } from '../processes.mjs';

/** @type {import('../run.mjs').Entry} */
export const entry = {
  versions: [{ label: 'Fastify 5.12.8', packages: { fastify: 'fastify' } }],
  start: startNode,
  errors: thrown,
};
