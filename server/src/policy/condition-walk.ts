/**
 * Ways through a condition that look at each part once. The conditions of a verdict share their parts: the outcome of one header
 * rule stands in
 * that of the next. Written out they double with every rule, and nested calls would go as deep as there are rules.
 */
import type { RequestTest } from './request-test.ts';
import type { Ternary } from './verdict.ts';

/** What is remembered of parts: a map, or a weak one that lives on. */
interface Known<T> {
  has(test: RequestTest): boolean;
  get(test: RequestTest): T | undefined;
  set(test: RequestTest, value: T): unknown;
}

/**
 * What `of` makes of the condition and of what it made of its parts. `known` holds what was made before, and what is made now. Into
 * a condition
 * for which `isWhole` says yes it does not look.
 */
export function fold<T>(
  test: RequestTest,
  of: (test: RequestTest, parts: readonly T[]) => T,
  known: Known<T> = new Map(),
  isWhole: (test: RequestTest) => boolean = () => false,
): T {
  if (known.has(test)) return known.get(test)!;
  if (partsOf(test).length === 0) return foldSingle(test, of, known);
  const open = [test];
  while (open.length > 0) {
    const current = open.at(-1)!;
    if (known.has(current)) {
      open.pop();
      continue;
    }
    const parts = isWhole(current) ? none : partsOf(current);
    const missing = parts.filter((part) => !known.has(part));
    for (let index = missing.length - 1; index >= 0; index--) open.push(missing[index]!);
    if (missing.length > 0) continue;
    steps++;
    open.pop();
    known.set(
      current,
      of(
        current,
        parts.map((part) => known.get(part)!),
      ),
    );
  }
  return known.get(test)!;
}

/** Most conditions are one test. */
function foldSingle<T>(test: RequestTest, of: (test: RequestTest, parts: readonly T[]) => T, known: Known<T>): T {
  steps++;
  const made = of(test, []);
  known.set(test, made);
  return made;
}

/** A condition of which some parts are settled. */
interface Frame {
  readonly test: RequestTest;
  readonly parts: readonly RequestTest[];
  at: number;
  /** One of the parts before is not known. */
  open: boolean;
}

/**
 * The condition's value in three-valued (Kleene) logic, by those of its single tests. Parts are asked in their order, until one decides the
 * whole. `known` holds what was settled before for the same request.
 */
export function settle(
  test: RequestTest,
  single: (test: RequestTest) => Ternary,
  known = new Map<RequestTest, Ternary>(),
): Ternary {
  const before = known.get(test);
  if (before !== undefined) return before;
  const frames: Frame[] = [{ test, parts: partsOf(test), at: 0, open: false }];
  for (;;) {
    const frame = frames.at(-1)!;
    const value = valueOf(frame, known, single);
    if (value === undefined) {
      const part = frame.parts[frame.at]!;
      frames.push({ test: part, parts: partsOf(part), at: 0, open: false });
      continue;
    }
    known.set(frame.test, value);
    frames.pop();
    if (frames.length === 0) return value;
  }
}

/** Undefined where the next part has to be settled first. */
function valueOf(
  frame: Frame,
  known: ReadonlyMap<RequestTest, Ternary>,
  single: (test: RequestTest) => Ternary,
): Ternary | undefined {
  const { test, parts } = frame;
  if (parts.length === 0) {
    steps++;
    return single(test);
  }
  const deciding = test.kind === 'some';
  for (; frame.at < parts.length; frame.at++) {
    const value = known.get(parts[frame.at]!);
    if (value === undefined) return undefined;
    if (test.kind === 'not') return value === 'unknown' ? value : !value;
    if (value === deciding) return value;
    frame.open ||= value === 'unknown';
  }
  return frame.open ? 'unknown' : !deciding;
}

/** The single tests of a condition in the order in which they are written, each once; none of those that are passed over. */
export function* singleTests(
  test: RequestTest,
  passesOver: (test: RequestTest) => boolean = () => false,
): Generator<RequestTest> {
  const seen = new Set<RequestTest>();
  const open = [test];
  while (open.length > 0) {
    const current = open.pop()!;
    if (seen.has(current) || passesOver(current)) continue;
    steps++;
    seen.add(current);
    const parts = partsOf(current);
    if (parts.length === 0) yield current;
    for (let index = parts.length - 1; index >= 0; index--) open.push(parts[index]!);
  }
}

/** Passes over what must not hold. */
export const denials = (test: RequestTest): boolean => test.kind === 'not';

const none: readonly RequestTest[] = [];

function partsOf(test: RequestTest): readonly RequestTest[] {
  if (test.kind === 'not') return [test.test];
  return test.kind === 'all' || test.kind === 'some' ? test.tests : none;
}

let steps = 0;

/** How many parts were looked at since the module was loaded: what tests of growth look at. */
export function stepsSoFar(): number {
  return steps;
}
