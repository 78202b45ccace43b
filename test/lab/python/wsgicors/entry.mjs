/** WSGI programs with wsgicors. */
import { pythonPrograms } from '../../launchers/python-programs.mjs';

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  ...pythonPrograms(import.meta.url, [
    {
      label: 'wsgicors 0.7.0 on Flask 3.1.3',
      pinned: ['flask==3.1.3', 'wsgicors==0.7.0'],
      modules: ['flask', 'wsgicors'],
    },
  ]),
  unordered: true,
};
