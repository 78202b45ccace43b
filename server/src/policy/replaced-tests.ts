/** A condition with other single tests in the place of some of its own. */
import { fold } from './condition-walk.ts';
import { not, sharedAll, sharedSome } from './request-test.ts';
import type { RequestTest } from './request-test.ts';

/** Conditions that share their parts have no bound on their size. */
export const shared = { all: sharedAll, some: sharedSome };

/** Into a condition for which `isKept` says yes it does not look. */
export function replaced(
  test: RequestTest,
  replace: (single: RequestTest) => RequestTest,
  { all, some } = shared,
  isKept: (test: RequestTest) => boolean = () => false,
): RequestTest {
  const of = (part: RequestTest, parts: readonly RequestTest[]): RequestTest => {
    if (isKept(part)) return part;
    if (part.kind === 'not') return not(parts[0]!);
    if (part.kind === 'all') return all(parts);
    return part.kind === 'some' ? some(parts) : replace(part);
  };
  return fold(test, of, new Map(), isKept);
}
