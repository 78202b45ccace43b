/** Restify with `restify-cors-middleware2`. */
import { startNode } from '../../launchers/processes.mjs';

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [
    {
      label: 'restify-cors-middleware2 2.2.1 on restify 11.1.0',
      packages: {
        restify: 'restify',
        'restify-cors-middleware2': 'restify-cors-middleware2',
        'restify-cors-middleware': 'restify-cors-middleware',
      },
    },
  ],
  start: startNode,
};
