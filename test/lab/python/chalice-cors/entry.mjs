/** Chalice programs, behind the gateway that Chalice itself stands in for the service with. */
import { pythonPrograms } from '../../launchers/python-programs.mjs';

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = pythonPrograms(
  import.meta.url,
  [{ label: 'Chalice 1.34.0', pinned: ['chalice==1.34.0'], modules: ['chalice.local'] }],
  'serve.py',
);
