/** One interpreter that serves many programs, each in a fork of its own, so that its libraries are loaded once. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import readline from 'node:readline';
import { accepts, withGroup } from './processes.mjs';

/** Why programs cannot be run so on this machine. */
export function whyNoForks() {
  return process.platform === 'win32'
    ? 'the programs run in forks of one interpreter, which Windows does not have'
    : undefined;
}

/**
 * Starts the interpreter; its script speaks the lines that `fork_programs.py` describes. `start` resolves once the program listens and
 * throws with what the program said when it ends before that or does not listen within `seconds`. `close` ends everything.
 */
export async function startForkServer({ command, args, env = {} }) {
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  const end = withGroup(child);
  let said = '';
  child.stderr.on('data', (chunk) => {
    said = (said + chunk).slice(-20_000);
  });
  child.stdin.on('error', () => {
    /* Its end is told below. */
  });
  const forked = new Map();
  const running = new Set();
  let ready;
  const starting = new Promise((resolve, reject) => {
    ready = resolve;
    for (const event of ['exit', 'error'])
      child.once(event, () => reject(new Error(`the interpreter ended: ${said.trim().slice(-2000)}`)));
  });
  starting.catch(() => {
    /* Whoever waits for it is told. */
  });
  readline.createInterface({ input: child.stdout }).on('line', (line) => {
    const message = JSON.parse(line);
    if (message.ready) ready();
    else if (message.ended !== undefined) running.delete(message.ended);
    else {
      running.add(message.pid);
      forked.get(message.id).resolve(message.pid);
      forked.delete(message.id);
    }
  });
  child.once('exit', () => {
    running.clear();
    for (const { reject } of forked.values()) reject(new Error(`the interpreter ended: ${said.trim().slice(-2000)}`));
  });
  await starting;
  let last = 0;

  async function start({ file, port, seconds = 30 }) {
    const log = `${file}.log`;
    const id = ++last;
    const pid = await new Promise((resolve, reject) => {
      forked.set(id, { resolve, reject });
      child.stdin.write(`${JSON.stringify({ id, file, port, log })}\n`);
    });
    const text = () => (fs.existsSync(log) ? fs.readFileSync(log, 'utf8').trim().slice(-2000) : '');
    const close = async () => {
      if (running.has(pid))
        try {
          process.kill(pid, 'SIGKILL');
        } catch {
          /* It has ended already. */
        }
      while (running.has(pid))
        await new Promise((resolve) => {
          setTimeout(resolve, 5);
        });
    };
    for (let attempt = 0; attempt < seconds * 100; attempt++) {
      if (!running.has(pid)) throw new Error(`the program ended before it listened: ${text()}`);
      if (await accepts(port)) return { close, said: text };
      await new Promise((resolve) => {
        setTimeout(resolve, 10);
      });
    }
    await close();
    throw new Error(`the program does not listen on ${port} after ${seconds} s: ${text()}`);
  }
  return { start, close: end };
}
