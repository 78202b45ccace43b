/** Sanic programs with Sanic Extensions. */
import { pythonPrograms } from '../../launchers/python-programs.mjs';

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  ...pythonPrograms(import.meta.url, [
    {
      label: 'Sanic Extensions 25.12.0 on Sanic 25.12.1',
      pinned: ['sanic==25.12.1', 'sanic-ext==25.12.0', 'pydantic==2.12.5'],
      modules: ['sanic', 'sanic_ext'],
    },
  ]),
  unordered: true,
};
