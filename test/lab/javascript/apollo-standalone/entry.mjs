/** The standalone server of Apollo Server 4 and 5, whose CORS cannot be set. */
import { startNode } from '../../launchers/processes.mjs';

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [
    { label: '@apollo/server 5.5.1', packages: { '@apollo/server': '@apollo/server', graphql: 'graphql' } },
    { label: '@apollo/server 4.13.0', packages: { '@apollo/server': 'apollo-server4', graphql: 'graphql' } },
  ],
  start: startNode,
};
