/**
 * What the text does not decide and what may look at the origin: a call into code that cannot be read. However it comes out, it comes out
 * one way in one request, so that what holds in each case holds.
 */
import { fold, singleTests } from './condition-walk.ts';
import { replaced, shared } from './replaced-tests.ts';
import { always, never, sharedAll, sharedSome, unknown } from './request-test.ts';
import type { RequestTest } from './request-test.ts';

type Undecided = RequestTest & { readonly kind: 'unknown'; readonly subject: string };

/** Most cases that are told apart in one condition; each costs a walk through it. Beyond them it stays unknown. */
const mostCases = 16;

const undecidedIn = new WeakMap<RequestTest, boolean>();

/** The condition with no subject left in it: it certainly holds where it does in each case, and is unknown where it does in some. */
export function inEachCase(test: RequestTest): RequestTest {
  if (!hasUndecided(test)) return test;
  let cases = 0;
  const certainly = (formula: RequestTest): RequestTest => {
    const open = firstUndecided(formula);
    if (open === undefined) return formula;
    if (++cases > mostCases) return never;
    const held = certainly(whereIt(formula, open.subject, always));
    return held.kind === 'never' ? never : sharedAll([held, certainly(whereIt(formula, open.subject, never))]);
  };
  return sharedSome([certainly(test), replaced(test, (single) => (isUndecided(single) ? unknown() : single))]);
}

/** The first test of the condition that has a subject. */
export function firstUndecided(test: RequestTest): Undecided | undefined {
  for (const single of singleTests(test, (part) => !hasUndecided(part))) if (isUndecided(single)) return single;
  return undefined;
}

function hasUndecided(test: RequestTest): boolean {
  return fold<boolean>(test, (part, parts) => isUndecided(part) || parts.includes(true), undecidedIn);
}

function isUndecided(test: RequestTest): test is Undecided {
  return test.kind === 'unknown' && test.subject !== undefined;
}

function whereIt(test: RequestTest, subject: string, outcome: RequestTest): RequestTest {
  return replaced(
    test,
    (single) => (isUndecided(single) && single.subject === subject ? outcome : single),
    shared,
    (part) => !hasUndecided(part),
  );
}
