/** FastAPI and Starlette programs, each with the Starlette of a virtual environment of its own. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startForkServer } from '../../launchers/fork-server.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
/** The last with the cookie rule and without a private network, the last with the cookie rule, the first without it, the newest. */
const starlettes = [
  { starlette: '0.46.2', fastapi: '0.115.14' },
  { starlette: '0.52.1', fastapi: '0.163.2' },
  { starlette: '1.0.0', fastapi: '0.163.2' },
  { starlette: '1.10.0', fastapi: '0.165.0' },
];
const uvicorn = '0.54.0';

/** One for each Starlette; they load it once. */
const interpreters = new Map();

function run(command, args) {
  return spawnSync(command, args, { encoding: 'utf8', timeout: 300_000 });
}

function pythonOf(starlette) {
  const folder = path.join(here, `.venv-${starlette}`);
  return process.platform === 'win32' ? path.join(folder, 'Scripts', 'python.exe') : path.join(folder, 'bin', 'python');
}

/** Makes the environment unless it holds exactly these versions. Says why it could not. */
function install({ starlette, fastapi }) {
  const python = pythonOf(starlette);
  const pinned = [`starlette==${starlette}`, `fastapi==${fastapi}`, `uvicorn==${uvicorn}`];
  const stamp = path.join(here, `.venv-${starlette}`, 'installed.txt');
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === pinned.join('\n')) return undefined;
  const made = run('python3', ['-m', 'venv', path.join(here, `.venv-${starlette}`)]);
  if (made.status !== 0)
    return `python3 -m venv failed: ${(made.stderr || made.stdout || '').trim()} (Debian: apt-get install python3-venv)`;
  const installed = run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...pinned]);
  if (installed.status !== 0) return `pip install ${pinned.join(' ')} failed: ${installed.stderr.trim().slice(-500)}`;
  fs.writeFileSync(stamp, pinned.join('\n'));
  return undefined;
}

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: starlettes.map(({ starlette, fastapi }) => ({
    label: `Starlette ${starlette} with FastAPI ${fastapi}`,
    starlette,
    files: { 'requirements.txt': `fastapi==${fastapi}\nstarlette==${starlette}\nuvicorn==${uvicorn}\n` },
  })),
  missing() {
    if (process.platform === 'win32')
      return 'the programs run in forks of one interpreter, which Windows does not have';
    const version = run('python3', ['--version']);
    if (version.status !== 0) return 'there is no python3 (Debian: apt-get install python3 python3-venv)';
    for (const one of starlettes) {
      const reason = install(one);
      if (reason !== undefined) return reason;
    }
    return undefined;
  },
  async start({ file, port, version }) {
    interpreters.set(
      version.starlette,
      interpreters.get(version.starlette) ??
        startForkServer({
          command: pythonOf(version.starlette),
          args: [path.join(here, 'serve.py')],
          env: { PYTHONDONTWRITEBYTECODE: '1' },
        }),
    );
    return (await interpreters.get(version.starlette)).start({ file, port });
  },
  async after() {
    for (const interpreter of interpreters.values()) await (await interpreter).close();
    interpreters.clear();
  },
};
