/** One process of Node that serves many programs one after the other, so that a heavy server is loaded once. */
import { fork } from 'node:child_process';
import { withGroup } from './processes.mjs';

/**
 * Starts `script`, which answers `{ id, start: { file, port, folder } }` and `{ id, stop: port }` with `{ id }` or `{
 * id, error }`. TypeScript is
 * read as it stands.
 */
export function startNodeHost(script) {
  const child = fork(script, { execArgv: ['--import=tsx'], stdio: ['ignore', 'pipe', 'pipe', 'ipc'], detached: true });
  const end = withGroup(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      said = (said + chunk).slice(-20_000);
    });
  const waiting = new Map();
  child.on('message', ({ id, error }) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) resolve();
    else reject(new Error(error));
  });
  child.once('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error(`the host ended: ${said.trim().slice(-2000)}`));
  });
  let last = 0;
  const ask = (message) =>
    new Promise((resolve, reject) => {
      const id = ++last;
      waiting.set(id, { resolve, reject });
      child.send({ id, ...message });
    });
  return {
    async start(program) {
      await ask({ start: program });
      return { close: () => ask({ stop: program.port }) };
    },
    close: end,
  };
}

/** The other side: `serve(program)` resolves with what stops the server again. */
export function answerAsHost(serve) {
  const running = new Map();
  process.on('message', async ({ id, start, stop }) => {
    try {
      if (start) running.set(start.port, await serve(start));
      else {
        await running.get(stop)();
        running.delete(stop);
      }
      process.send({ id });
    } catch (error) {
      process.send({ id, error: error instanceof Error ? error.message : String(error) });
    }
  });
}
