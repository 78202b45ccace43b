/** Falcon programs with its own middleware. */
import { pythonPrograms } from '../../launchers/python-programs.mjs';

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = pythonPrograms(import.meta.url, [
  { label: 'Falcon 4.4.0', release: '4.4.0', pinned: ['falcon==4.4.0'], modules: ['falcon', 'falcon.asgi'] },
  { label: 'Falcon 3.1.3', release: '3.1.3', pinned: ['falcon==3.1.3'], modules: ['falcon', 'falcon.asgi'] },
]);
