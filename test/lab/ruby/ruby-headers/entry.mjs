/** Headers written by hand in programs of Rack. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { rackEntry } from '../../launchers/rackup.mjs';

const home = path.join(path.dirname(fileURLToPath(import.meta.url)), 'programs');

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = rackEntry(home, {
  title: 'Rack',
  files: [],
  version: 'Rack.release',
  packages: 'ruby ruby-rack ruby-webrick',
});
