/** Apollo Server 3, by itself and on Express. */
import { startNode } from '../../launchers/processes.mjs';

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [
    {
      label: 'apollo-server 3.13.0',
      packages: {
        'apollo-server': 'apollo-server',
        'apollo-server-express': 'apollo-server-express',
        express: 'express4',
        graphql: 'graphql',
      },
    },
  ],
  start: startNode,
};
