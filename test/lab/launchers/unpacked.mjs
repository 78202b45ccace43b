/** Packages of npm as they are published, without what they depend on: for a program too large to install, of which one file is run. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** Unpacks `name@version` into `home`, once a machine. Says why it could not. */
export function unpack(home, name, version) {
  const target = unpackedFolder(home, name, version);
  if (fs.existsSync(path.join(target, 'package.json'))) return undefined;
  fs.mkdirSync(target, { recursive: true });
  const shell = process.platform === 'win32';
  const packed = spawnSync('npm', ['pack', `${name}@${version}`, '--silent', '--pack-destination', target], {
    encoding: 'utf8',
    shell,
  });
  const archive = packed.stdout?.trim().split(/\r?\n/).pop();
  if (packed.status !== 0 || !archive)
    return `npm pack ${name}@${version} failed: ${(packed.stderr ?? '').trim().slice(-500)}`;
  const opened = spawnSync('tar', ['xzf', archive, '--strip-components=1'], { cwd: target, encoding: 'utf8' });
  fs.rmSync(path.join(target, archive), { force: true });
  return opened.status === 0
    ? undefined
    : `tar could not unpack ${archive}: ${(opened.stderr ?? opened.error?.message ?? '').trim().slice(-500)}`;
}

export function unpackedFolder(home, name, version) {
  return path.join(home, `.npm-${name.replace('/', '-')}-${version}`);
}
