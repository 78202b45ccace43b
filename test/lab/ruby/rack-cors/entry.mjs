/** The gem rack-cors in `config.ru`. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { rackEntry } from '../../launchers/rackup.mjs';

const home = path.join(path.dirname(fileURLToPath(import.meta.url)), 'programs');

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = rackEntry(home, {
  title: 'rack-cors',
  files: ['rack/cors', 'rack/cors/version'],
  version: 'Rack::Cors::VERSION',
  packages: 'ruby ruby-rack ruby-rack-cors ruby-webrick',
});
