/** Whole programs of Go, a folder each: formatted, vetted, built, and started with `PORT`. */
import { execFile, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { whyNoGo } from './go-launcher.mjs';
import { startServer, temporaryFolder } from './processes.mjs';

const beside = '/usr/local/go/bin/';
/** Where a tool of Go stands. */
export const goCommand = (name) => (fs.existsSync(beside + name) ? beside + name : name);

/** Fills the folder with copies of these programs, and names the files that are linted: `main.go` of each. */
export function copyPrograms(from, programs, names = fs.readdirSync(from).sort()) {
  for (const name of names) fs.cpSync(path.join(from, name), path.join(programs, name), { recursive: true });
  return names.map((name) => path.join(name, 'main.go'));
}

/** Releases of a module, a folder each with the `go.mod` and `go.sum` of a program that needs it, as versions of an entry. */
export function releasesIn(folder, title) {
  return fs
    .readdirSync(folder)
    .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
    .map((release) => ({
      label: `${title} ${release}`,
      files: Object.fromEntries(
        ['go.mod', 'go.sum'].map((name) => [name, fs.readFileSync(path.join(folder, release, name), 'utf8')]),
      ),
    }));
}

/**
 * Why the modules of the newest release cannot be had, for what no proxy of this machine may carry: where Go is installed, its own client
 * is asked once.
 */
export function whyNoModules(folder, title) {
  return () => {
    const lacking = whyNoGo();
    if (lacking !== undefined) return lacking;
    const [{ files }] = releasesIn(folder, title);
    const { folder: module, remove } = temporaryFolder('modules');
    for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(module, name), text);
    const { status } = spawnSync(goCommand('go'), ['mod', 'download'], { cwd: module, timeout: 300_000 });
    remove();
    return status === 0 ? undefined : `${title}: read, not run: its modules cannot be downloaded on this machine`;
  };
}

/** Builds the package that the file belongs to, in the module around it, and starts it. What `gofmt` or `go vet` finds fails. */
export async function startGoProgram({ file, port }) {
  const cwd = path.dirname(file);
  const { folder, remove } = temporaryFolder('go');
  try {
    const unformatted = await run('gofmt', ['-l', '.'], cwd);
    if (unformatted !== '') throw new Error(`gofmt would write ${unformatted} in another way`);
    await run('go', ['vet', '.'], cwd);
    const binary = path.join(folder, 'program');
    await run('go', ['build', '-ldflags=-s -w', '-o', binary, '.'], cwd);
    const server = await startServer({ command: binary, args: [], env: { PORT: String(port) }, port });
    return {
      close: async () => {
        await server.close();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

/** What the command writes; rejects with its complaint. The first build of a machine downloads its modules. */
function run(name, args, cwd) {
  return new Promise((resolve, reject) => {
    execFile(goCommand(name), args, { cwd, timeout: 300_000 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${name} ${args.join(' ')}: ${`${stdout}${stderr}`.trim().slice(-600)}`));
      else resolve(stdout.trim());
    });
  });
}
