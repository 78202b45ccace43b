/** Settings of Django with django-cors-headers, each release in a virtual environment of its own. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startForkServer, whyNoForks } from '../../launchers/fork-server.mjs';
import { installPython, pythonIn } from '../../launchers/python-environment.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
/** The last before private networks, whose lists of headers were longer, and the newest. */
const releases = [
  { release: '3.14.0', django: '4.2.20' },
  { release: '4.9.0', django: '5.2.19' },
];

/** One for each release; they load it once. */
const interpreters = new Map();

const folderOf = (release) => path.join(here, `.venv-${release}`);

/** @type {import('../../runner/entry.mjs').Entry} */
export const entry = {
  versions: releases.map(({ release, django }) => ({
    label: `django-cors-headers ${release} on Django ${django}`,
    release,
    files: { 'requirements.txt': `django==${django}\ndjango-cors-headers==${release}\n` },
  })),
  missing() {
    if (whyNoForks() !== undefined) return whyNoForks();
    for (const { release, django } of releases) {
      const reason = installPython(folderOf(release), [`django==${django}`, `django-cors-headers==${release}`]);
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
  pathOf: ({ scope }) => (scope.includes('/api/') ? '/api/x' : '/'),
  async after() {
    for (const interpreter of interpreters.values()) await (await interpreter).close();
    interpreters.clear();
  },
};
