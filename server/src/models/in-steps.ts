/**
 * Long work in steps, each of which is bounded: between two of them whoever drives it may let others have their turn, or give the work
 * up. Without anybody else to serve it is driven to its end at once, which costs no more than a loop.
 */

/** Yields between two steps, and returns what the work comes to. */
export type InSteps<T> = Generator<undefined, T, undefined>;

/** What `of` makes of each, a step each. */
export function* oneByOne<T, U>(items: Iterable<T>, of: (item: T) => readonly U[]): InSteps<U[]> {
  const made: U[] = [];
  for (const item of items) {
    made.push(...of(item));
    yield;
  }
  return made;
}

export function isInSteps<T extends object>(work: T | InSteps<T>): work is InSteps<T> {
  return Symbol.iterator in work;
}

/** The work driven to its end at once. */
export function finished<T extends object>(work: T | InSteps<T>): T {
  if (!isInSteps(work)) return work;
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}
