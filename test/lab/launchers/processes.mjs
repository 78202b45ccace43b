/** Starting and ending what the lab runs: real programs and servers on loopback, each with a free port of its own. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Process groups that run, and folders that exist, only as long as the lab does. */
const groups = new Set();
const folders = new Set();
process.on('exit', () => {
  for (const group of groups) endGroup(group);
  for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true });
});
// A handler keeps Node from ending by itself; leaving through `exit` ends the children too.
for (const [signal, number] of [
  ['SIGINT', 2],
  ['SIGTERM', 15],
  ['SIGHUP', 1],
])
  process.once(signal, () => process.exit(128 + number));

/** The server leads a process group of its own, with its workers in it. */
function endGroup(group) {
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    /* It has ended already. */
  }
  groups.delete(group);
}

/** Binds a child that was spawned `detached` and all that it starts to the lab's own life. Returns what ends them and waits for it. */
export function withGroup(child) {
  if (child.pid !== undefined) groups.add(child.pid);
  const ended = new Promise((resolve) => {
    for (const event of ['exit', 'error'])
      child.once(event, () => {
        // A worker may outlive the leader. Later the number may be somebody else's.
        if (groups.has(child.pid)) endGroup(child.pid);
        resolve();
      });
  });
  return async () => {
    if (groups.has(child.pid)) endGroup(child.pid);
    await ended;
  };
}

/** A folder under the system's temporary one that is gone when `remove` was called or the lab has ended, whatever ended it. */
export function temporaryFolder(name) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `cors-lint-lab-${name}-`));
  fs.chmodSync(folder, 0o755);
  folders.add(folder);
  const remove = () => {
    fs.rmSync(folder, { recursive: true, force: true });
    folders.delete(folder);
  };
  return { folder, remove };
}

/**
 * Runs a program of Node (JavaScript or TypeScript, CommonJS or ESM) that listens on `process.env.PORT`, by a launcher:
 * its name in this folder, or its URL.
 */
export async function startNode({ file, port, env = {}, launcher = 'launch.mjs', args = [] }) {
  const program = await compiled(file);
  return startServer({
    command: process.execPath,
    args: [fileURLToPath(new URL(launcher, import.meta.url)), program, ...args],
    port,
    cwd: path.dirname(file),
    env: { PORT: String(port), HOST: '127.0.0.1', ...env },
  });
}

/** TypeScript is compiled once beside the program, with what it imports from there: a loader would cost every start half a second. */
export async function compiled(file) {
  if (!/\.[cm]?tsx?$/.test(file)) return file;
  const outfile = `${file}.mjs`;
  await build({
    entryPoints: [file],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'silent',
  });
  return outfile;
}

/**
 * Starts a command and waits until it is `ready(port, said)`, without that until its port accepts connections;
 * `close()` ends it and all that it started.
 * Throws with what the command said when it ends or is not ready within `seconds`.
 */
export async function startServer({ command, args = [], port, cwd, env = {}, seconds = 120, ready = accepts }) {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let said = '';
  let ended = false;
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      said = (said + chunk).slice(-20_000);
    });
  for (const event of ['exit', 'error'])
    child.once(event, (reason) => {
      ended = true;
      if (reason instanceof Error) said += reason.message;
    });
  const close = withGroup(child);
  for (let attempt = 0; attempt < seconds * 50; attempt++) {
    if (ended) throw new Error(`${path.basename(command)} ended before it listened: ${said.trim().slice(-2000)}`);
    if (await ready(port, said)) return { close: () => close().then(() => released(port)), said: () => said };
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await close();
  throw new Error(
    `${path.basename(command)} does not listen on ${port} after ${seconds} s: ${said.trim().slice(-2000)}`,
  );
}

export function accepts(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

/** Whether an HTTP request gets any answer. */
export function answers(port) {
  return new Promise((resolve) => {
    const request = http.get({ host: '127.0.0.1', port, agent: false, timeout: 5000 }, (response) => {
      response.resume();
      resolve(true);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
  });
}

/** A worker may hold the port a moment longer than its leader lives, and the next program may want the same one. */
async function released(port) {
  for (let attempt = 0; attempt < 250 && !(await isFree(port)); attempt++)
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
}

function isFree(port) {
  const server = net.createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** Where several processes share the work: the process number of the lab, this one's place among them, and how many they are. */
const [lab, place, step] = (process.env.LAB_PORTS ?? `${process.pid} 0 1`).split(' ').map(Number);
/** Below the range from which the kernel takes ports for clients; each is given out once, so that two programs never share one. */
let nextPort = 15_000 + (lab % 500) * 20 + place;

export async function freePort() {
  for (;;) {
    const port = nextPort;
    nextPort += step;
    if (await isFree(port)) return port;
  }
}
