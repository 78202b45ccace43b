/** The thread that tries texts. The one that started it watches, and ends it when a text never does. */
import { parentPort, workerData } from 'node:worker_threads';
import { companions, examples } from './corpus.ts';
import { createSubject } from './subject.ts';
import { tryBeginnings, tryMutants } from './trial.ts';
import type { Failure, Watch } from './trial.ts';
import type { Mutant } from './mutations.ts';

export interface Task {
  /** Of the first batch; each following one has the next number. */
  readonly seed: number;
  /** One of them, or all. */
  readonly suite: 'mutants' | 'beginnings' | undefined;
  /** Only examples whose path holds it. */
  readonly word: string;
}
export type Message =
  | { readonly kind: 'trying'; readonly mutant: Mutant; readonly counts: boolean }
  | { readonly kind: 'failure'; readonly failure: Failure }
  | { readonly kind: 'end' };

const { seed, suite, word } = workerData as Task;
const batch = 500;
const all = examples(word);
const subject = createSubject(companions(all));
const tell = (message: Message): void => parentPort!.postMessage(message);
const watch: Watch = (mutant, counts) => tell({ kind: 'trying', mutant, counts });
const tellFailure = (failure: Failure | undefined): void => {
  if (failure !== undefined) tell({ kind: 'failure', failure });
};

let next = 0;
/** All beginnings of the next example, from a place in their order that the seed chooses. */
async function beginnings(): Promise<void> {
  const example = all[(seed + next++) % all.length]!;
  const ends = Array.from({ length: example.text.length + 1 }, (_, end) => end);
  tellFailure(await tryBeginnings(subject, example, ends, watch));
}

async function tryAll(): Promise<void> {
  for (let at = 0; suite !== 'beginnings' || next < all.length; at++) {
    if (suite !== 'beginnings') tellFailure(await tryMutants(subject, all, { seed: seed + at, runs: batch, watch }));
    if (suite !== 'mutants') await beginnings();
  }
  tell({ kind: 'end' });
}
void tryAll();
