/** A tool that is loaded once and works through the programs of an entry: one request a line goes in, one answer a line comes out. */
import { spawn } from 'node:child_process';
import readline from 'node:readline';
import { withGroup } from './processes.mjs';

/**
 * @param {() => { command: string, args: readonly string[], env?: Record<string, string> }} describe says what to
 * start, once it is needed
 */
export function lineWorker(describe) {
  let running;
  let requests = 0;

  function start() {
    const { command, args, env } = describe();
    const child = spawn(command, args, {
      detached: true,
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { ...process.env, ...env },
    });
    const waiting = new Map();
    const close = withGroup(child);
    readline.createInterface({ input: child.stdout }).on('line', (line) => {
      // Tools say other things there, too.
      if (!line.startsWith('{"id":')) return;
      const { id, ...answer } = JSON.parse(line);
      waiting.get(id)?.(answer);
      waiting.delete(id);
    });
    for (const event of ['exit', 'error'])
      child.once(event, () => {
        for (const settle of waiting.values()) settle({ error: `${command} has ended` });
        waiting.clear();
        running = undefined;
      });
    return { child, waiting, close };
  }

  return {
    /** @returns {Promise<{ files: string[] } | { error: string }>} */
    ask(request) {
      running ??= start();
      const { child, waiting } = running;
      const id = requests++;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        child.stdin.write(`${JSON.stringify({ id, ...request })}\n`);
      });
    },
    async close() {
      await running?.close();
      running = undefined;
    },
  };
}
