/** FastAPI and Starlette programs, each with the Starlette of a virtual environment of its own. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startForkServer, whyNoForks } from '../../launchers/fork-server.mjs';
import { installPython, pythonIn } from '../../launchers/python-environment.mjs';

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

const folderOf = (starlette) => path.join(here, `.venv-${starlette}`);

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: starlettes.map(({ starlette, fastapi }) => ({
    label: `Starlette ${starlette} with FastAPI ${fastapi}`,
    starlette,
    files: { 'requirements.txt': `fastapi==${fastapi}\nstarlette==${starlette}\nuvicorn==${uvicorn}\n` },
  })),
  missing() {
    if (whyNoForks() !== undefined) return whyNoForks();
    for (const { starlette, fastapi } of starlettes) {
      const pinned = [`starlette==${starlette}`, `fastapi==${fastapi}`, `uvicorn==${uvicorn}`];
      const reason = installPython(folderOf(starlette), pinned);
      if (reason !== undefined) return reason;
    }
    return undefined;
  },
  async start({ file, port, version }) {
    interpreters.set(
      version.starlette,
      interpreters.get(version.starlette) ??
        startForkServer({
          command: pythonIn(folderOf(version.starlette)),
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
