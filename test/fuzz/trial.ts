/** Tries texts until one shows a fault, and makes that one small. */
import fc from 'fast-check';
import type { Example } from './corpus.ts';
import { mutants } from './mutations.ts';
import type { Mutant } from './mutations.ts';
import { shrunk } from './shrink.ts';
import type { Subject } from './subject.ts';

export interface Failure {
  readonly path: string;
  readonly text: string;
  readonly faults: readonly string[];
  /** Tries the same mutants again; absent where no chance was in it. */
  readonly seed?: number;
}

/** Told of each text before it is tried: one that never ends is known then. Those that make a failure smaller are none of the count. */
export type Watch = (mutant: Mutant, counts: boolean) => void;

/** So many mutants of the examples. */
export async function tryMutants(
  subject: Subject,
  all: readonly Example[],
  { seed, runs, watch }: { readonly seed: number; readonly runs: number; readonly watch?: Watch },
): Promise<Failure | undefined> {
  let turn = 0;
  let failed: { readonly mutant: Mutant; readonly turn: number } | undefined;
  const property = fc.asyncProperty(mutants(all), async (mutant) => {
    watch?.(mutant, true);
    const tried = turn++;
    const faults = await faultsOf(subject, mutant, tried);
    if (faults.length > 0) failed = { mutant, turn: tried };
    return faults.length === 0;
  });
  await fc.check(property, {
    seed,
    numRuns: runs,
    verbose: 0,
    // What is made smaller is the text, by so many questions; chance would ask without end.
    endOnFailure: true,
  });
  return failed && { ...(await smallest(subject, failed.mutant, failed.turn, watch)), seed };
}

/** These beginnings of an example: `ends` are their lengths. */
export async function tryBeginnings(
  subject: Subject,
  { path, text }: Example,
  ends: Iterable<number>,
  watch?: Watch,
): Promise<Failure | undefined> {
  for (const end of ends) {
    // What is typed next is an edit, each time.
    const mutant = { path: `/${path}`, text: text.slice(0, end), original: text.slice(0, Math.max(0, end - 1)) };
    watch?.(mutant, true);
    const faults = await faultsOf(subject, mutant, end);
    if (faults.length > 0) return smallest(subject, mutant, end, watch);
  }
  return undefined;
}

async function faultsOf(subject: Subject, mutant: Mutant, turn: number): Promise<readonly string[]> {
  try {
    return await subject.faults(mutant, turn);
  } catch (error) {
    return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  }
}

/** What showed the fault shows it again: the other turns would be work for nothing. */
async function smallest(subject: Subject, mutant: Mutant, turn: number, watch: Watch | undefined): Promise<Failure> {
  const text = await shrunk(mutant.text, async (candidate) => {
    const smaller = { ...mutant, text: candidate };
    watch?.(smaller, false);
    return (await faultsOf(subject, smaller, turn)).length > 0;
  });
  const faults = await faultsOf(subject, { ...mutant, text }, turn);
  return { path: mutant.path, text, faults: [...new Set(faults)] };
}

/** For people: what is wrong, with what text, and how to see it again. */
export function wordsFor({ path, text, faults, seed }: Failure): string {
  return [
    ...faults,
    `Its path: ${path}`,
    `Its text: ${JSON.stringify(text)}`,
    ...(seed === undefined ? [] : [`Again: npm run fuzz -- --only mutants --seed ${seed}`]),
  ].join('\n');
}
