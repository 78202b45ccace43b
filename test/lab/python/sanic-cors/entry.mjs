/** Sanic programs with Sanic-CORS. */
import { pythonPrograms } from '../../launchers/python-programs.mjs';

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = pythonPrograms(import.meta.url, [
  {
    label: 'Sanic-CORS 2.2.0 on Sanic 25.12.1',
    pinned: ['sanic==25.12.1', 'sanic-cors==2.2.0'],
    modules: ['sanic', 'sanic_cors'],
  },
]);
