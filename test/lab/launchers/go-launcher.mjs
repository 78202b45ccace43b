/** Programs of Go that put a middleware in front of an application: built once, started with the settings of one file. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const command = ['go', '/usr/local/go/bin/go'].find((name) => !spawnSync(name, ['version']).error);
const built = new Map();

/** Why programs of Go cannot be run on this machine. */
export function whyNoGo() {
  return command === undefined ? 'Go is not installed: https://go.dev/doc/install' : undefined;
}

/**
 * Path of the program that the module in the folder makes, with other versions of what it needs where another `go.mod`
 * names them. The first build of a machine downloads its modules, and takes minutes.
 */
export function buildGo(folder, modules = 'go.mod') {
  const key = path.join(folder, modules);
  let file = built.get(key);
  if (file !== undefined) return file;
  file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'cors-lint-go-')), 'launcher');
  const { status, stderr } = spawnSync(command, ['build', `-modfile=${modules}`, '-o', file, '.'], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 900_000,
  });
  if (status !== 0)
    throw new Error(
      `The launcher in ${path.basename(path.dirname(folder))} cannot be built: ${stderr.trim().slice(-1000)}`,
    );
  built.set(key, file);
  return file;
}

/** Takes the built programs away. */
export function removeGo() {
  for (const file of built.values()) fs.rmSync(path.dirname(file), { recursive: true, force: true });
  built.clear();
}
