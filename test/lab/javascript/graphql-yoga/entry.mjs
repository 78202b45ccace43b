/** GraphQL Yoga on Node's own server. */
import { startNode } from '../../launchers/processes.mjs';

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [{ label: 'graphql-yoga 5.24.1', packages: { 'graphql-yoga': 'graphql-yoga', graphql: 'graphql' } }],
  start: startNode,
};
