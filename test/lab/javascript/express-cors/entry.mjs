/** Express programs with the npm package `cors`. */
import { startNode } from '../../launchers/processes.mjs';
import { expressErrors } from '../../runner/express-errors.mjs';

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [
    { label: 'cors 2.8.6 on Express 5.3.0', packages: { cors: 'cors', express: 'express' } },
    { label: 'cors 2.8.6 on Express 4.22.3', packages: { cors: 'cors', express: 'express4' } },
    { label: 'cors 2.8.5 on Express 4.22.3', packages: { cors: 'cors285', express: 'express4' } },
    { label: 'cors 2.8.4 on Express 4.22.3', packages: { cors: 'cors284', express: 'express4' } },
    { label: 'cors 2.8.1 on Express 4.22.3', packages: { cors: 'cors281', express: 'express4' } },
    { label: 'cors 2.7.2 on Express 4.22.3', packages: { cors: 'cors27', express: 'express4' } },
  ],
  start: startNode,
  errors: expressErrors,
};
