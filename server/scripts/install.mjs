/** Installs the locked dependencies unless they are already there, so that `npm start` and `npm test` work on a fresh clone. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';

const stamp = 'node_modules/.cors-lint-lock';

export function installDependencies() {
  const lock = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  // Within an installation from the repository, npm's variables speak of the outer command: its `--global`, and what it leaves out.
  run('npm', ['ci', '--no-global', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund']);
  writeFileSync(stamp, lock);
}

/** Runs a command with our standard streams; a failure ends this process with the command's exit code. */
export function run(command, args, { allow = [0], env = {} } = {}) {
  const result = spawnSync(command, args, {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, ...env },
  });
  if (result.error) throw result.error;
  if (!allow.includes(result.status)) process.exit(result.status ?? 1);
  return result.status;
}
