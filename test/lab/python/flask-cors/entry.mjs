/** Flask programs with Flask-CORS, each release in a virtual environment of its own. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startForkServer, whyNoForks } from '../../launchers/fork-server.mjs';
import { installPython, pythonIn } from '../../launchers/python-environment.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const flask = '3.1.3';
/** The last for Python 2 too, and the newest: 4.0.2, 5.0.1 and 6.0.0 answered these programs alike when they were run. */
const releases = ['3.0.10', '6.0.5'];

/** One for each release; they load it once. */
const interpreters = new Map();

const folderOf = (release) => path.join(here, `.venv-${release}`);

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: releases.map((release) => ({
    label: `Flask-CORS ${release} on Flask ${flask}`,
    release,
    files: { 'requirements.txt': `flask==${flask}\nflask-cors==${release}\n` },
  })),
  missing() {
    if (whyNoForks() !== undefined) return whyNoForks();
    for (const release of releases) {
      const reason = installPython(folderOf(release), [`flask==${flask}`, `flask-cors==${release}`]);
      if (reason !== undefined) return reason;
    }
    return undefined;
  },
  async start({ file, port, version }) {
    interpreters.set(
      version.release,
      interpreters.get(version.release) ??
        startForkServer({
          command: pythonIn(folderOf(version.release)),
          args: [path.join(here, 'serve.py')],
          env: { PYTHONDONTWRITEBYTECODE: '1' },
        }),
    );
    return (await interpreters.get(version.release)).start({ file, port });
  },
  /** Programs have a route for each path that a resource names: `/api/*` is asked as `/api/x`. */
  pathOf({ scope }) {
    const path = /(?:like |^(?:[A-Z]+, )*[A-Z]+ )(\/[^,]*)/.exec(scope)?.[1];
    return path === undefined ? '/' : path.replace(/\.?\*$/, 'x').replace(/^\^/, '');
  },
  /** A route for some methods is not asked with others; HEAD goes where GET goes. */
  answers({ scope }, { method }) {
    const methods = /^([A-Z]+(?:, [A-Z]+)*)(?: |$)/.exec(scope)?.[1].split(', ');
    return methods === undefined || method === 'OPTIONS' || methods.includes(method === 'HEAD' ? 'GET' : method);
  },
  async after() {
    for (const interpreter of interpreters.values()) await (await interpreter).close();
    interpreters.clear();
  },
};
