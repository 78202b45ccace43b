/** Middlewares that run before the one for CORS and turn away who has not signed in: a preflight never has. */
import type { SourceRange } from '../../syntax/range.ts';
import type { Expression, FunctionExpression } from '../../syntax/programs/program.ts';
import type { Fact } from '../../policy/policy.ts';
import type { Search } from '../handlers/refused-preflights.ts';
import { refusalWithin } from '../handlers/refused-preflights.ts';

/** What the options of a middleware say of requests that browsers ask for first. */
const asksFirst = /\b(PUT|PATCH|DELETE)\b|\b(Put|Patch|Delete)\b|\bcontent[-_]?type\b|\bauthorization\b|\bx-/i;

/** Where a middleware for CORS is made, with what stands in front of it. */
export interface GuardedMiddleware {
  readonly made: Expression;
  /** What it covers, for people: `every route`. */
  readonly scope: string;
  /** What runs before it, in whatever order. */
  readonly earlier: readonly Expression[];
}

/** The first of the earlier ones that is a function of this file, or is made by one, and refuses preflights. */
export function guardFacts({ made, scope, earlier }: GuardedMiddleware, search: Search): Fact[] {
  const isPreflighted = asksFirst.test(made.text);
  const guard = earlier.find((one) => {
    const fn = functionOf(one, search);
    return fn !== undefined && refusalWithin(fn, { ...search, isPreflighted }) !== undefined;
  });
  return guard === undefined ? [] : [guardedBefore(made.range, scope, guard.range)];
}

/** The CORS middleware that is made here comes behind the guard. */
export function guardedBefore(range: SourceRange, needs: string, guard: SourceRange): Fact {
  return {
    kind: 'unhandled-preflight',
    range,
    needs,
    why: 'authentication runs first and refuses the preflight, which never carries credentials',
    related: guard,
  };
}

/** `requireToken`, `requireToken(db)`, and a function that stands there. */
function functionOf(value: Expression, { program }: Search): FunctionExpression | undefined {
  if (value.kind === 'function') return value;
  const name = value.kind === 'call' ? value.callee : value;
  const bound = name.kind === 'identifier' ? program.resolve(name)?.value : undefined;
  return bound?.kind === 'function' ? bound : undefined;
}
