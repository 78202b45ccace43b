/** aiohttp programs with aiohttp-cors. */
import { pythonPrograms } from '../../launchers/python-programs.mjs';

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  ...pythonPrograms(import.meta.url, [
    {
      label: 'aiohttp-cors 0.8.1 on aiohttp 3.14.5',
      pinned: ['aiohttp==3.14.5', 'aiohttp-cors==0.8.1'],
      modules: ['aiohttp.web', 'aiohttp_cors'],
    },
  ]),
  unordered: true,
};
