/** Headers that plugs write by hand. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { plugEntry } from '../../launchers/plugs.mjs';

const home = path.join(path.dirname(fileURLToPath(import.meta.url)), 'programs');

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = plugEntry(home);
