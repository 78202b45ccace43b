/**
 * Programs of plugs, each in a file of its own, behind a small server of Erlang's own sockets. Plug and the libraries are packages of
 * hex.pm, which Debian does not carry; `CORS_LINT_PLUGS` names a folder with the compiled modules of Plug and of what it needs in
 * `base`, and those of each library in a folder with its version: `cors_plug-3.0.3`.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startServer } from './processes.mjs';

const folder = process.env.CORS_LINT_PLUGS;
const server = fileURLToPath(new URL('serve_plug.exs', import.meta.url));

/** Why no plug can be run here; undefined where one can. */
function missing(needed) {
  if (folder === undefined)
    return 'Elixir: read, not run: Plug and its libraries are packages of hex.pm; CORS_LINT_PLUGS names a folder of compiled ones';
  if (spawnSync('elixir', ['--version'], { stdio: 'ignore' }).status !== 0)
    return 'Elixir is not installed: apt-get install elixir';
  const lacking = ['base', ...needed].filter((name) => !fs.existsSync(path.join(folder, name)));
  return lacking.length > 0 ? `${lacking.join(', ')} is not in ${folder}` : undefined;
}

/** The entry of a folder of programs that need these versions of one library; of Plug alone where there is none. */
export function plugEntry(home, library, releases = []) {
  const nameOf = (release) => `${library}-${release}`;
  return {
    versions: library
      ? releases.map((release) => ({
          label: `${library} ${release}`,
          release,
          files: { 'mix.exs': `defp deps, do: [{:${library}, "== ${release}"}]\n` },
        }))
      : [{ label: 'Plug 1.14' }],
    missing: () => missing(releases.map(nameOf)),
    fill(programs) {
      fs.cpSync(home, programs, { recursive: true });
      return fs
        .readdirSync(home)
        .filter((name) => name.endsWith('.ex'))
        .sort();
    },
    start: ({ file, port, version }) =>
      startServer({
        command: 'elixir',
        args: [
          '-pa',
          `${folder}/base`,
          ...(version.release ? ['-pa', path.join(folder, nameOf(version.release))] : []),
          server,
          file,
          String(port),
        ],
        cwd: path.dirname(file),
        env: {},
        port,
      }),
  };
}
