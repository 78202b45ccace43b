/**
 * Runs independent commands side by side: what each says comes in one block when it ends, with its time, and failures
 * come once more at the end.
 */
import { spawn } from 'node:child_process';

/**
 * @typedef {object} Part
 * @property {string} name
 * @property {readonly string[]} command
 * @property {Record<string, string>} [env]
 * @property {string} [after] the name of a part that has to end first
 * @property {string} [missing] why it cannot run on this machine; said loudly instead of running it
 */

/** What runs: a child process each, with what it has said so far. All end with this process, however it ends. */
const running = new Map();
process.once('exit', () => running.forEach(({ child }) => child.kill()));
for (const [signal, number] of [
  ['SIGINT', 2],
  ['SIGTERM', 15],
  ['SIGHUP', 1],
])
  process.once(signal, () => process.exit(128 + number));

/** Milliseconds in which what a part started may still hold the part's output once it has ended. */
const longestAfterEnd = 60_000;

const seconds = (from) => `${((Date.now() - from) / 1000).toFixed(0)} s`;

/**
 * Runs the parts in their order, `atOnce` of them at a time. Ends this process with 1 when one has failed.
 * @param {readonly Part[]} parts
 * @param {object} [options]
 * @param {number} [options.atOnce]
 * @param {number} [options.minutes] what still runs then is ended, and what it said so far is told; without it nothing is
 */
export async function runParts(parts, { atOnce = 1, minutes } = {}) {
  const started = Date.now();
  if (minutes !== undefined) setTimeout(giveUp, minutes * 60_000, minutes).unref();
  const waiting = [...parts];
  const done = [];
  const promises = new Map();
  const isReady = ({ after }) => after === undefined || done.some(({ name }) => name === after);
  while (waiting.length > 0 || promises.size > 0) {
    const at = promises.size < atOnce ? waiting.findIndex(isReady) : -1;
    if (at === -1) {
      const ended = await Promise.race(promises.values());
      promises.delete(ended.name);
      done.push(ended);
    } else {
      const [part] = waiting.splice(at, 1);
      promises.set(part.name, runPart(part));
    }
  }
  const failed = done.filter(({ status }) => status !== 0);
  for (const { name, said, time } of failed) console.log(`\n✖ FAILED: ${name} (${time})\n${lastLines(said)}`);
  for (const { name, missing } of done) if (missing) console.log(`✖ NOT RUN ON THIS MACHINE: ${name}: ${missing}`);
  const passed = done.filter(({ status, missing }) => status === 0 && !missing);
  console.log(`${passed.length} passed, ${failed.length} failed, ${seconds(started)} in all`);
  if (failed.length > 0) process.exit(1);
}

/** @param {Part} part */
async function runPart({ name, command: [program, ...args], env, missing }) {
  if (missing) return { name, missing, status: 0, said: '', time: '0 s' };
  const started = Date.now();
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const part = { child, started, said: '' };
  running.set(name, part);
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk) => {
      part.said += chunk;
    });
  const status = await new Promise((resolve) => {
    child.once('error', (error) => {
      part.said += error.message;
      resolve(1);
    });
    child.once('close', (code) => resolve(code ?? 1));
    child.once('exit', () => {
      setTimeout(() => {
        part.said += `\nIt ended, and something that it started goes on ${longestAfterEnd / 1000} seconds later.`;
        resolve(1);
      }, longestAfterEnd).unref();
    });
  });
  running.delete(name);
  const { said } = part;
  const time = seconds(started);
  console.log(`\n${status === 0 ? '✔' : '✖'} ${name} (${time})`);
  if (said.trim() !== '') console.log(said.trimEnd().replaceAll(/^/gm, '  '));
  return { name, status, said, time };
}

/** A part that does not end must not take what the others said along with it, nor what it said itself. */
function giveUp(minutes) {
  for (const [name, { said, started }] of running)
    console.log(`\n✖ DID NOT END within ${minutes} minutes: ${name} (${seconds(started)})\n${lastLines(said)}`);
  process.exit(1);
}

const lastLines = (said) => said.trimEnd().split('\n').slice(-60).join('\n');
