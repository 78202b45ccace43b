/** Quart programs with Quart-CORS. */
import { pythonPrograms } from '../../launchers/python-programs.mjs';

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  ...pythonPrograms(import.meta.url, [
    {
      label: 'Quart-CORS 0.8.0 on Quart 0.22.0',
      pinned: ['quart==0.22.0', 'quart-cors==0.8.0'],
      modules: ['quart', 'quart_cors', 'hypercorn.asyncio'],
    },
  ]),
  unordered: true,
};
