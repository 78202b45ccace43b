/** A virtual environment of Python that holds exactly the packages which a lab entry pins. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

function run(command, args) {
  return spawnSync(command, args, { encoding: 'utf8', timeout: 1_800_000 });
}

/** The interpreter of the environment in `folder`. */
export function pythonIn(folder) {
  return process.platform === 'win32' ? path.join(folder, 'Scripts', 'python.exe') : path.join(folder, 'bin', 'python');
}

/** Makes the environment unless it holds these packages in these versions, `['flask==3.1.3']`. Says why it could not. */
export function installPython(folder, pinned) {
  if (run('python3', ['--version']).status !== 0)
    return 'there is no python3 (Debian: apt-get install python3 python3-venv)';
  const stamp = path.join(folder, 'installed.txt');
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === pinned.join('\n')) return undefined;
  const made = run('python3', ['-m', 'venv', folder]);
  if (made.status !== 0)
    return `python3 -m venv failed: ${(made.stderr || made.stdout || '').trim()} (Debian: apt-get install python3-venv)`;
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  const installed = run(pythonIn(folder), [...pip, ...pinned]);
  if (installed.status !== 0) return `pip install ${pinned.join(' ')} failed: ${installed.stderr.trim().slice(-500)}`;
  fs.writeFileSync(stamp, pinned.join('\n'));
  return undefined;
}
