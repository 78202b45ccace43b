/**
 * `npm run fuzz [-- --seed N --minutes M --only id]`: tries texts without end, or for so many minutes. `id` is `mutants`,
 * `beginnings`, or a word in the path of the examples, as `express-cors` is. Prints a small text for each fault; ends with 1 then.
 */
import { Worker } from 'node:worker_threads';
import { parseArgs } from 'node:util';
import { buildSync } from 'esbuild';
import type { Mutant } from './mutations.ts';
import { wordsFor } from './trial.ts';
import type { Message, Task } from './worker.ts';

/** A text that takes more computing than this never ends. Not time: the machine may have other work. */
const mostSeconds = 30;

const { values } = parseArgs({
  options: { seed: { type: 'string' }, minutes: { type: 'string' }, only: { type: 'string' } },
});
const seed = Number(values.seed ?? Date.now() % 2_147_483_647);
const minutes = Number(values.minutes ?? Infinity);
if (!Number.isInteger(seed) || seed < 0 || !(minutes > 0))
  throw new Error('--seed is a whole number, --minutes is above 0.');
const suite = values.only === 'mutants' || values.only === 'beginnings' ? values.only : undefined;
const task: Task = { seed, suite, word: suite === undefined ? (values.only ?? '') : '' };

let tried = 0;
const faults = new Set<string>();
let current: Mutant | undefined;
let isCounted = true;
let computedBefore = 0;
const computed = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

const worker = new Worker(script(), {
  eval: true,
  workerData: task,
  // Nearly all that a lint makes is gone when it ends: with little room for it, a tenth of the time goes into carrying it about.
  resourceLimits: { maxYoungGenerationSizeMb: 128 },
});
console.log(`Seed ${seed}.`);
const ended = new Promise<void>((resolve) => {
  worker.on('message', (message: Message) => {
    if (message.kind === 'end') resolve();
    if (message.kind === 'failure') sayFault(wordsFor(message.failure));
    if (message.kind !== 'trying') return;
    if (message.counts) tried += 1;
    else if (isCounted) console.log(`A fault in ${message.mutant.path} is made small.`);
    isCounted = message.counts;
    current = message.mutant;
    computedBefore = computed();
  });
  worker.on('error', (error) => {
    sayFault(`The thread ended: ${error.stack}\n${caseOf(current)}`);
    resolve();
  });
  if (minutes !== Infinity) setTimeout(resolve, minutes * 60_000).unref();
  const watching = setInterval(() => {
    if (current === undefined || computed() - computedBefore < mostSeconds) return;
    clearInterval(watching);
    sayFault(`It does not end.\n${caseOf(current)}`);
    resolve();
  }, 1000);
  watching.unref();
});
const telling = setInterval(() => console.log(`${tried} texts, ${faults.size} faults.`), 60_000);
void ended.then(async () => {
  clearInterval(telling);
  await worker.terminate();
  console.log(`${tried} texts, ${faults.size} faults.`);
  process.exit(faults.size > 0 ? 1 : 0);
});

/** The thread as one script: as the loader of the tests would read it, each function is wrapped, which takes a fifth of the time. */
function script(): string {
  const { outputFiles } = buildSync({
    entryPoints: ['test/fuzz/worker.ts'],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    target: 'es2022',
    // Its CommonJS build requires its parts in a way that cannot be bundled.
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
    external: ['@vscode/tree-sitter-wasm'],
    logLevel: 'error',
  });
  return outputFiles[0]!.text;
}

/** Each kind of fault once: what differs between two of a kind are numbers and names. */
function sayFault(words: string): void {
  const kind = words
    .split('\n', 1)[0]!
    .replaceAll(/\d+|"[^"]*"/g, '…')
    .slice(0, 160);
  if (faults.has(kind)) return;
  faults.add(kind);
  console.log(`\n${words}\n`);
}

function caseOf(mutant: Mutant | undefined): string {
  return mutant === undefined ? '' : `Its path: ${mutant.path}\nIts text: ${JSON.stringify(mutant.text)}`;
}
