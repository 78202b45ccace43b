/** Packs the extension from a copy of what it is made of: vsce looks through everything that lies beside it, and a lab leaves much. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** What a build needs of the sources. */
export const sourcesOfBuild = [
  ...['package.json', '.npmignore', '.npmrc', 'README.md', 'LICENSE'],
  ...['server/src', 'server/schema', 'server/scripts', 'client/src'],
];
/** What goes into the extension besides. */
const sourcesOfExtension = [
  ...['.vscodeignore', 'CHANGELOG.md', 'SECURITY.md', 'SUPPORT.md', 'package.nls.json', 'package.nls.de.json'],
  ...['client/l10n', 'client/media', 'syntaxes'],
];

/**
 * With what builds them; packages are those that are here.
 * @param {readonly string[]} names
 * @param {string} folder
 */
export function copySources(names, folder) {
  const builders = fs.readdirSync(root).filter((name) => /^(esbuild.*\.js|tsconfig\.json)$/.test(name));
  for (const name of [...names, ...builders])
    fs.cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
  fs.symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
}

/**
 * Throws with what vsce said.
 * @param {string} folder for the copy; it may hold files already
 * @param {string} vsix where the packed extension is written
 */
export function packExtension(folder, vsix) {
  copySources([...sourcesOfBuild, ...sourcesOfExtension], folder);
  const packed = spawnSync('npx', ['vsce', 'package', '--no-dependencies', '--out', vsix], {
    cwd: folder,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (packed.status !== 0) throw new Error(`vsce failed: ${packed.stdout}${packed.stderr}`);
}
