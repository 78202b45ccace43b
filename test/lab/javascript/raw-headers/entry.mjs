/** Headers written by hand in Express. */
import { startNode } from '../../launchers/processes.mjs';
import { expressErrors } from '../../runner/express-errors.mjs';

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: [
    { label: 'Express 5.3.0', packages: { express: 'express' } },
    { label: 'Express 4.22.3', packages: { express: 'express4' } },
  ],
  start: startNode,
  errors: expressErrors,
  unsent: ['raw-late-end.cjs', 'raw-late-send.cjs'],
};
