/** Entries side by side, each in one of a few processes: one linter and one client of HTTP would keep a single core busy. */
import { fork } from 'node:child_process';
import os from 'node:os';
import { fileURLToPath } from 'node:url';

/** What a process and what it starts may take. */
const memoryOfWorker = 3 * 2 ** 30;
const most = Math.max(1, Math.min(os.cpus().length, 4, Math.floor(os.freemem() / memoryOfWorker)));

/** The folder that Maven keeps for everybody stands no two that write to it, and each virtual machine of Java takes half a gigabyte. */
const roomOfOne = (place) => (place.startsWith('java/') ? 'java' : undefined);

/**
 * Runs the entries in their order, as far as there are cores and memory.
 * @param {(place: string, outcome: import('./run-entry.mjs').Outcome, seconds: number) => void} done called for each when it has ended
 */
export async function runSideBySide(places, parts, done) {
  const waiting = [...places];
  const busyRooms = new Set();
  const isReady = install(places);
  const next = () => {
    const at = waiting.findIndex((place) => isReady(place) && !busyRooms.has(roomOfOne(place)));
    return at === -1 ? undefined : waiting.splice(at, 1)[0];
  };
  const count = Math.min(most, places.length);
  await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const worker = startWorker(index);
      while (waiting.length > 0) {
        const place = next();
        if (place === undefined) {
          await new Promise((resolve) => {
            setTimeout(resolve, 200);
          });
          continue;
        }
        const started = Date.now();
        busyRooms.add(roomOfOne(place) ?? place);
        const outcome = await worker.run(place, parts);
        busyRooms.delete(roomOfOne(place) ?? place);
        done(place, outcome, (Date.now() - started) / 1000);
      }
      worker.end();
    }),
  );
}

/** Starts what installs. Returns whether a place has all that it needs, or nobody is left who would install it. */
function install(places) {
  const ready = new Set();
  const child = fork(fileURLToPath(new URL('installer.mjs', import.meta.url)), places, {
    execArgv: ['--import=tsx'],
    env: { ...process.env, LAB_PORTS: `${process.pid} ${most} ${most + 1}` },
  });
  child.on('message', ({ ready: place }) => ready.add(place));
  child.once('exit', () => places.forEach((place) => ready.add(place)));
  return (place) => ready.has(place);
}

const failed = (place, why) => ({ rows: [], mismatches: [`${place}: ${why}`], leftOpen: [], notRun: [], log: [] });

function startWorker(index) {
  const child = fork(fileURLToPath(new URL('worker.mjs', import.meta.url)), {
    execArgv: ['--import=tsx'],
    // Ports of one are never those of another.
    env: { ...process.env, LAB_PORTS: `${process.pid} ${index} ${most + 1}` },
  });
  let settle;
  let ended;
  child.on('message', ({ place, outcome, error }) => settle(outcome ?? failed(place, error)));
  child.once('exit', (code, signal) => {
    ended = `its process ended with ${signal ?? code}`;
    settle?.(undefined);
  });
  return {
    async run(place, parts) {
      if (ended) return failed(place, ended);
      const outcome = await new Promise((resolve) => {
        settle = resolve;
        child.send({ place, parts });
      });
      return outcome ?? failed(place, ended);
    },
    end: () => child.disconnect(),
  };
}
