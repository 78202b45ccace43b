/** BlackSheep programs with its policies, before and after it writes the caller back beside credentials. */
import { pythonPrograms } from '../../launchers/python-programs.mjs';

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  ...pythonPrograms(import.meta.url, [
    {
      label: 'BlackSheep 2.6.4',
      release: '2.6.4',
      pinned: ['blacksheep==2.6.4', 'uvicorn==0.54.0'],
      modules: ['blacksheep', 'uvicorn'],
    },
    {
      label: 'BlackSheep 2.6.3',
      release: '2.6.3',
      pinned: ['blacksheep==2.6.3', 'uvicorn==0.54.0'],
      modules: ['blacksheep', 'uvicorn'],
    },
  ]),
  unordered: true,
  ownStatuses: false,
};
