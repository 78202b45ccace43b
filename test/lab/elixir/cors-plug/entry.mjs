/** CORSPlug, a plug for CORS. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { plugEntry } from '../../launchers/plugs.mjs';

const home = path.join(path.dirname(fileURLToPath(import.meta.url)), 'programs');

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = plugEntry(home, 'cors_plug', ['3.0.3', '2.0.3']);
