/** Middlewares that a router is given after its routes, which run without them, or behind one that turns preflights away. */
import type { Call, Identifier, Program } from '../../syntax/programs/program.ts';
import type { Fact } from '../../policy/policy.ts';
import { not, optionsMethod } from '../../policy/request-test.ts';
import { callOf } from '../../models/libraries/imported-calls.ts';
import { stepsOn } from '../../models/libraries/builder-steps.ts';
import { guardFacts } from '../../models/libraries/earlier-guards.ts';
import { earlierMiddlewares, sameFunction, usedBy } from './earlier-middlewares.ts';
import { signs } from './go-headers.ts';
import type { Look } from './placed-middlewares.ts';
import type { Evaluator } from '../../values/evaluator.ts';

/** Methods that register what answers requests, and is not told of what comes later. */
export const ginRoutes = /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|Any|Match|Handle|Group|Static\w*)$/;
/** A group of Fiber is a prefix: its routes stand where they are written. */
export const fiberRoutes = /^(Get|Post|Put|Patch|Delete|Head|All|Add)$/;
/** What an application is asked for when all routes are in place, and where it may be handed on. */
const runs =
  /^(Use|Run\w*|Listen\w*|Listener|Shutdown\w*|Spin|NoRoute|NoMethod|SetTrustedProxies|ServeHTTP|Test|Routes)$/;
const servers = /^(http\.ListenAndServe(TLS)?|http\.Server|log\.Fatal)$/;

/**
 * A middleware that no route runs through answers preflights only. See `combineHandlers` in Gin's routergroup.go.
 * `routes`: methods that register what is not told of later middlewares, where a router has such.
 */
export function inOrder(routes?: RegExp): Look {
  return (made, { program, evaluator, scope }) => {
    const late = routes && routesBefore(made, routes, program, evaluator);
    if (late) return { reach: optionsMethod, facts: () => late };
    const refused = guardsBefore(made, scope, program, evaluator);
    return refused.length === 0 ? undefined : { reach: not(optionsMethod), facts: () => refused };
  };
}

/** `r.Use(requireSession)` before it, in front of it in the same call, and what its group is made with. */
function guardsBefore(made: Call, scope = 'every route', program: Program, evaluator: Evaluator): Fact[] {
  const earlier = earlierMiddlewares(made, program, evaluator);
  return guardFacts({ made, scope, earlier }, { program, evaluator, language: signs });
}

/** Routes that are all registered before the middleware; undefined where one follows, or may follow elsewhere. */
function routesBefore(made: Call, routes: RegExp, program: Program, evaluator: Evaluator): Fact[] | undefined {
  const use = usedBy(made, program);
  if (use?.callee.kind !== 'member' || use.callee.object.kind !== 'identifier') return undefined;
  const app = program.resolve(use.callee.object);
  if (app === undefined) return undefined;
  const steps = stepsOn(app, program);
  const earlier = steps.filter(({ call }) => call.range.end <= use.range.start);
  const [first] = earlier.filter(({ name }) => routes.test(name));
  const later = program.references(app).filter(({ range }) => range.start > use.range.end);
  const isWhole = sameFunction(evaluator, [use, ...earlier.map(({ call }) => call)]) && later.every(addsNoRoute);
  if (first === undefined || !isWhole || earlier.some(({ call }) => /cors|access-control/i.test(call.text)))
    return undefined;
  const { callee } = first.call;
  return [{ kind: 'middleware-order', range: made.range, earlier: callee.range, what: `"${callee.text}"` }];
}

/** Whoever is handed the application may register routes. */
function addsNoRoute(reference: Identifier): boolean {
  const { parent } = reference;
  if (parent?.kind === 'return' || parent?.kind === 'object') return true;
  if (parent?.kind === 'call') return servers.test(parent.callee.text);
  return parent?.kind === 'member' && runs.test(parent.property) && callOf(parent) !== undefined;
}
