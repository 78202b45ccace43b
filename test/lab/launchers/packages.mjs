/** The npm packages that the lab runs: installed once in `packages/`, and linked beside the programs under the names they import. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../packages', import.meta.url));

/** Installs what the lock file of a folder names, unless it is the one that was installed last. */
export function installPackages(folder) {
  const stamp = path.join(folder, 'node_modules', '.installed-lock');
  const lock = createHash('sha256')
    .update(fs.readFileSync(path.join(folder, 'package-lock.json')))
    .digest('hex');
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === lock) return;
  const install = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--legacy-peer-deps'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (install.status !== 0) throw new Error(`npm ci failed in ${folder}`);
  fs.writeFileSync(stamp, lock);
}

export const installLabPackages = () => installPackages(folder);

/** The version of a package that the lab runs; undefined where this machine cannot have it. */
export function installed(name) {
  const manifest = path.join(folder, 'node_modules', name, 'package.json');
  return fs.existsSync(manifest) ? JSON.parse(fs.readFileSync(manifest, 'utf8')).version : undefined;
}

/** A file of an installed package. */
export const fileOf = (name, file) => path.join(folder, 'node_modules', name, file);

/** `packages`: name in the programs → name in `packages/package.json`. Writes a manifest as the project would have one. */
export function linkPackages(target, packages) {
  const dependencies = {};
  for (const [name, installed] of Object.entries(packages)) {
    const from = path.join(folder, 'node_modules', installed);
    const link = path.join(target, 'node_modules', name);
    fs.mkdirSync(path.dirname(link), { recursive: true });
    fs.symlinkSync(from, link, 'junction');
    dependencies[name] = JSON.parse(fs.readFileSync(path.join(from, 'package.json'), 'utf8')).version;
  }
  fs.writeFileSync(path.join(target, 'package.json'), JSON.stringify({ private: true, dependencies }, null, 2));
}
