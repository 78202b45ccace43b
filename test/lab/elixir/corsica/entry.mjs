/** Corsica, as a plug and as a router. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { plugEntry } from '../../launchers/plugs.mjs';

const home = path.join(path.dirname(fileURLToPath(import.meta.url)), 'programs');

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = plugEntry(home, 'corsica', ['2.1.3', '1.3.0']);
