/** Runs independent commands side by side: what each says comes in one block when it ends, with its time, and failures come once more at the end. */
import { spawn } from 'node:child_process';

/**
 * @typedef {object} Part
 * @property {string} name
 * @property {readonly string[]} command
 * @property {Record<string, string>} [env]
 * @property {string} [missing] why it cannot run on this machine; said loudly instead of running it
 */

const seconds = (from) => `${((Date.now() - from) / 1000).toFixed(0)} s`;

/**
 * Runs the parts in their order, `atOnce` of them at a time. Ends this process with 1 when one has failed.
 * @param {readonly Part[]} parts
 */
export async function runParts(parts, { atOnce = 1 } = {}) {
  const started = Date.now();
  const waiting = [...parts];
  const done = [];
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let part = waiting.shift(); part; part = waiting.shift()) done.push(await runPart(part));
    }),
  );
  const failed = done.filter(({ status }) => status !== 0);
  for (const { name, said, time } of failed) console.log(`\n✖ FAILED: ${name} (${time})\n${lastLines(said)}`);
  for (const { name, missing } of done) if (missing) console.log(`✖ NOT RUN ON THIS MACHINE: ${name}: ${missing}`);
  console.log(`${done.length - failed.length} passed, ${failed.length} failed, ${seconds(started)} in all`);
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
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk) => {
      said += chunk;
    });
  const status = await new Promise((resolve) => {
    child.once('error', (error) => {
      said += error.message;
      resolve(1);
    });
    child.once('close', (code) => resolve(code ?? 1));
  });
  const time = seconds(started);
  console.log(`\n${status === 0 ? '✔' : '✖'} ${name} (${time})`);
  if (said.trim() !== '') console.log(said.trimEnd().replaceAll(/^/gm, '  '));
  return { name, status, said, time };
}

const lastLines = (said) => said.trimEnd().split('\n').slice(-60).join('\n');
