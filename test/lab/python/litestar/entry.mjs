/** Litestar programs with its CORSConfig. */
import { pythonPrograms } from '../../launchers/python-programs.mjs';

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  ...pythonPrograms(import.meta.url, [
    {
      label: 'Litestar 2.25.0',
      release: '2.25.0',
      pinned: ['litestar==2.25.0', 'uvicorn==0.54.0'],
      modules: ['litestar', 'litestar.config.cors', 'uvicorn'],
    },
    {
      label: 'Litestar 2.19.0',
      release: '2.19.0',
      pinned: ['litestar==2.19.0', 'uvicorn==0.54.0'],
      modules: ['litestar', 'litestar.config.cors', 'uvicorn'],
    },
  ]),
  unordered: true,
};
