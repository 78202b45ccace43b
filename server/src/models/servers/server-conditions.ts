/** Conjunctions kept small, so that the paths through an nginx file stay readable and cheap to ask. */
import type { RequestTest } from '../../policy/request-test.ts';
import { all, always, never, not } from '../../policy/request-test.ts';

const keys = new WeakMap<RequestTest, string>();

/** What a test says and where, as a text; tests are asked for it again and again. */
function key(test: RequestTest): string {
  let known = keys.get(test);
  if (known === undefined) keys.set(test, (known = JSON.stringify(test)));
  return known;
}

/** Whether both say the same at the same place, part by part: most differ at the first look. */
export function isSame(one: RequestTest, other: RequestTest): boolean {
  if (one === other) return true;
  if (one.kind !== other.kind) return false;
  if (one.kind !== 'all' && one.kind !== 'some') return key(one) === key(other);
  const { tests } = other as typeof one;
  // The last parts are what was added last, and differ where the first are what many have in common.
  return (
    one.tests.length === tests.length && tests.every((_, at) => isSame(one.tests.at(-1 - at)!, tests.at(-1 - at)!))
  );
}

/** All of them, without what repeats, and `never` where two parts exclude each other at sight. */
export function both(...tests: readonly RequestTest[]): RequestTest {
  const parts = flatten(all(tests));
  const positive = parts.filter((part) => part.kind !== 'not');
  const method = positive.find((part) => part.kind === 'method');
  const known = new Set(parts.map(key));
  const kept = new Map<string, RequestTest>();
  for (const part of parts) {
    const simplified = simplify(part, known, method?.kind === 'method' ? method.name : undefined);
    if (simplified.kind === 'never') return never;
    if (simplified.kind !== 'always') kept.set(key(simplified), simplified);
  }
  return all([...kept.values()]);
}

/** The first, and not the second. */
export function except(test: RequestTest, excluded: RequestTest): RequestTest {
  return both(test, not(excluded));
}

/** Each one where it is met and none of the later ones is; those that never count any more are left out. */
export function unlessLater<T extends { readonly when: RequestTest }>(ones: readonly T[]): T[] {
  const denials = ones.map(({ when }) => not(when));
  return ones.flatMap((one, at) => {
    const when = at + 1 < ones.length ? both(one.when, ...denials.slice(at + 1)) : one.when;
    return when.kind === 'never' ? [] : [{ ...one, when }];
  });
}

/** Conjuncts; "none of these" is one "not" for each. */
function flatten(test: RequestTest): RequestTest[] {
  if (test.kind === 'all') return test.tests.flatMap(flatten);
  if (test.kind === 'not' && test.test.kind === 'some') return test.test.tests.flatMap((part) => flatten(not(part)));
  return test.kind === 'always' ? [] : [test];
}

function simplify(part: RequestTest, known: ReadonlySet<string>, method: string | undefined): RequestTest {
  if (part.kind === 'method') return method === undefined || part.name === method ? part : never;
  if (part.kind === 'unknown') return part;
  if (part.kind === 'some') {
    const open = part.tests.filter((choice) => !contradicts(choice, known, method));
    if (open.length === 0) return never;
    return open.length === 1 ? open[0]! : { kind: 'some', tests: open };
  }
  if (part.kind !== 'not') return part;
  const inner = part.test;
  if (inner.kind === 'method' && method !== undefined) return inner.name === method ? never : always;
  if (inner.kind === 'all') {
    if (inner.tests.some((test) => contradicts(test, known, method))) return always;
    const open = inner.tests.filter((test) => !known.has(key(test)));
    return open.length === 0 ? never : not(all(open));
  }
  return inner.kind !== 'unknown' && known.has(key(inner)) ? never : part;
}

function contradicts(test: RequestTest, known: ReadonlySet<string>, method: string | undefined): boolean {
  if (test.kind === 'unknown') return false;
  if (test.kind === 'method' && method !== undefined) return test.name !== method;
  if (test.kind === 'not' && test.test.kind === 'method' && method !== undefined) return test.test.name === method;
  if (test.kind === 'all') return test.tests.some((part) => contradicts(part, known, method));
  return known.has(key(not(test)));
}
