/** Headers written by hand in Fastify. */
import { thrown } from '../../launchers/fetch-adapters.mjs';
import { startNode } from '../../launchers/processes.mjs';

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: 'Fastify 5.12.8', packages: { fastify: 'fastify' } }],
  start: startNode,
  errors: thrown,
};
