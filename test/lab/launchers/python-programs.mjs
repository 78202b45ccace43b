/** Python programs that are started by hand, with the port in their environment: an entry says which packages they need. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startForkServer, whyNoForks } from './fork-server.mjs';
import { installPython, pythonIn } from './python-environment.mjs';

const launchers = path.dirname(fileURLToPath(import.meta.url));

/**
 * What an entry needs to run its programs: in a virtual environment beside it, from an interpreter that has loaded `modules` once.
 *
 * @param {string} metaUrl `import.meta.url` of the entry
 * @param {{ label: string, release?: string, pinned: readonly string[], modules: readonly string[] }[]} releases a row of the table each
 * @param {string} [serve] what runs the programs, beside the entry; without it they are started as they are
 */
export function pythonPrograms(metaUrl, releases, serve) {
  const here = path.dirname(fileURLToPath(metaUrl));
  const folderOf = ({ release }) => path.join(here, release === undefined ? '.venv' : `.venv-${release}`);
  /** One for each release, started with its first program. */
  const interpreters = new Map();
  return {
    versions: releases.map((one) => ({ ...one, files: { 'requirements.txt': `${one.pinned.join('\n')}\n` } })),
    missing() {
      if (whyNoForks() !== undefined) return whyNoForks();
      for (const one of releases) {
        const reason = installPython(folderOf(one), one.pinned);
        if (reason !== undefined) return reason;
      }
      return undefined;
    },
    async start({ file, port, version }) {
      const { release } = version;
      interpreters.set(
        release,
        interpreters.get(release) ??
          startForkServer({
            command: pythonIn(folderOf(version)),
            args: [
              serve === undefined ? path.join(launchers, 'run_programs.py') : path.join(here, serve),
              ...version.modules,
            ],
            env: { PYTHONDONTWRITEBYTECODE: '1' },
          }),
      );
      return (await interpreters.get(release)).start({ file, port });
    },
    async after() {
      for (const interpreter of interpreters.values()) await (await interpreter).close();
      interpreters.clear();
    },
  };
}
