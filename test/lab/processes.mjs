/** Starting and ending what the lab runs: real programs and servers on loopback, each with a free port of its own. */
import { spawn } from 'node:child_process';
import net from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const loader = import.meta.resolve('tsx');

/** Runs a program of Node (JavaScript or TypeScript, CommonJS or ESM) that listens on `process.env.PORT`, by a launcher of this folder. */
export function startNode({ file, port, env = {}, launcher = 'launch.mjs', args = [] }) {
  return startServer({ command: process.execPath, args: ['--import', loader, path.join(here, launcher), file, ...args], port, cwd: path.dirname(file), env: { PORT: String(port), HOST: '127.0.0.1', ...env } });
}

/**
 * Starts a command and waits until its port accepts connections; `close()` ends it and all that it started.
 * Throws with what the command said when it ends or does not listen within `seconds`.
 */
export async function startServer({ command, args = [], port, cwd, env = {}, seconds = 30 }) {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => { said = (said + chunk).slice(-20_000); });
  let ended = false;
  const end = new Promise((resolve) => { for (const event of ['exit', 'error']) child.once(event, (reason) => { ended = true; if (reason instanceof Error) said += reason.message; resolve(); }); });
  const close = async () => {
    // The server leads a process group of its own, with its workers in it.
    if (!ended) try { process.kill(-child.pid, 'SIGKILL'); } catch { /* It has ended already. */ }
    await end;
  };
  for (let attempt = 0; attempt < seconds * 50; attempt++) {
    if (ended) throw new Error(`${path.basename(command)} ended before it listened: ${said.trim().slice(-2000)}`);
    if (await accepts(port)) return { close, said: () => said };
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await close();
  throw new Error(`${path.basename(command)} does not listen on ${port} after ${seconds} s: ${said.trim().slice(-2000)}`);
}

export function accepts(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => { socket.destroy(); resolve(true); });
    socket.on('error', () => resolve(false));
  });
}

/** Below the range from which the kernel takes ports for clients; each is given out once, so that two programs never share one. */
let nextPort = 20_000 + (process.pid % 500) * 20;

export async function freePort() {
  for (;;) {
    const port = nextPort++;
    const server = net.createServer();
    const free = await new Promise((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    });
    if (free) return port;
  }
}
