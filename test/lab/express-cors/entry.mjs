/** Express programs with the npm package `cors`. */
import { startNode } from '../processes.mjs';
import { expressErrors } from '../express-errors.mjs';

/** @type {import('../run.mjs').Entry} */
export const entry = {
  versions: [
    { label: 'cors 2.8.6 on Express 5.3.0', packages: { cors: 'cors', express: 'express' } },
    { label: 'cors 2.8.6 on Express 4.22.3', packages: { cors: 'cors', express: 'express4' } },
  ],
  start: startNode,
  errors: expressErrors,
};
