/** By which request it is judged who reads: a GET, or another method where the server refuses every GET and takes that one. */
import { singleTests } from '../policy/condition-walk.ts';
import { simpleGet, simpleGetWithCookie } from '../policy/origin-set.ts';
import type { RequestShape } from '../policy/origin-set.ts';
import type { RequestTest } from '../policy/request-test.ts';
import type { Rules } from './header-states.ts';

/** One request in its two kinds. Each is one object, by which is remembered what is known of it. */
export interface Reads {
  readonly method: string;
  readonly plain: RequestShape;
  readonly withCookie: RequestShape;
}

export const usualReads: Reads = { method: 'GET', plain: simpleGet, withCookie: simpleGetWithCookie };
/** The answers to a HEAD have nothing to read. */
const others: readonly Reads[] = ['POST', 'PUT', 'PATCH', 'DELETE'].map((method) => ({
  method,
  plain: { method, cookie: false },
  withCookie: { method, cookie: true },
}));

/**
 * The first method that somebody can use of those that the policy tells apart, where nobody can use GET; undefined for a policy that
 * takes GET, or no method that it names. `isClosed`: nobody reads the answers to such a request, whatever the circumstances.
 */
export function judgedReads(policy: Rules, isClosed: (shape: RequestShape) => boolean): Reads | undefined {
  const names = methodsNamed(policy);
  // What is said of all but GET holds for methods that nobody names.
  const named = others.filter(({ method }) => names.has(method) || names.has('GET'));
  if (named.length === 0 || !isClosed(usualReads.plain)) return undefined;
  return named.find(({ plain }) => !isClosed(plain));
}

/** The methods by which conditions of the policy tell requests apart. */
function methodsNamed({ headers, statuses }: Rules): ReadonlySet<string> {
  const names = new Set<string>();
  // They share their parts, each of which is looked at once.
  const seen = new Set<RequestTest>();
  const isSeen = (part: RequestTest): boolean => seen.size === seen.add(part).size;
  for (const { when } of [...headers, ...statuses])
    for (const test of singleTests(when, isSeen)) if (test.kind === 'method') names.add(test.name.toUpperCase());
  return names;
}
