/** Ways down to an expression: what each step asks. Ways to neighbours have their beginning in common, and so have their conditions. */
import type { RequestTest } from '../policy/request-test.ts';
import { all, always } from '../policy/request-test.ts';

/** A way, by its last step that asks something. */
export interface Way {
  readonly before: Way | undefined;
  readonly step: RequestTest;
  /** How many steps it has. */
  readonly length: number;
}

/** A way that is known; one that asks nothing is `undefined`. */
export interface KnownWay {
  readonly way: Way | undefined;
}

/** A part of so many steps is one condition, which all ways share that go on from there. */
const sharedSteps = 8;

/** The way and one more step. */
export function further(before: Way | undefined, step: RequestTest): Way | undefined {
  return step.kind === 'always' ? before : { before, step, length: (before?.length ?? 0) + 1 };
}

const conditions = new WeakMap<Way, RequestTest>();

/** The condition under which somebody gets to the end of the way. */
export function conditionOfWay(way: Way | undefined): RequestTest {
  const open: Way[] = [];
  for (let part = way; part !== undefined && !conditions.has(part); part = shared(part)) open.push(part);
  for (const part of open.reverse()) conditions.set(part, built(part));
  return way === undefined ? always : conditions.get(way)!;
}

/** The beginning of the way that has a condition of its own. */
function shared(way: Way): Way | undefined {
  let part = way.before;
  while (part !== undefined && part.length % sharedSteps !== 0) part = part.before;
  return part;
}

function built(way: Way): RequestTest {
  const beginning = shared(way);
  const steps: RequestTest[] = [];
  for (let part: Way | undefined = way; part !== beginning; part = part!.before) steps.push(part!.step);
  return all([...(beginning ? [conditions.get(beginning)!] : []), ...steps.reverse()]);
}
