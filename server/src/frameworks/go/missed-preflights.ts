/**
 * Routers behind a middleware that is written by hand, and hands every request on: where all of their routes are bound to methods, they
 * answer OPTIONS by refusing it, some before the middleware is asked, others behind it.
 */
import type { Expression, FunctionExpression, Identifier, Program } from '../../syntax/programs/program.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import { always, not, optionsMethod } from '../../policy/request-test.ts';
import { callAround } from '../../models/handlers/handler-parts.ts';
import type { Search } from '../../models/handlers/refused-preflights.ts';
import { guardFacts } from '../../models/libraries/earlier-guards.ts';
import { callOf } from '../../models/libraries/imported-calls.ts';
import { usesOfFunction } from '../../values/function-uses.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import { earlierMiddlewares } from './earlier-middlewares.ts';
import { refusedByRouter, unaskedBy } from './mux-routes.ts';

const refusedByPatterns =
  'All patterns name methods, OPTIONS is none of them, and the mux answers it with 405 before it runs what is around a handler.';

/** What becomes of a preflight: whether the middleware runs for it, what the router answers, and why, for people. */
export interface MissedPreflight {
  readonly when: RequestTest;
  /** Null where the text does not say which of them refuses. */
  readonly optionsStatus: number | null;
  readonly unanswered: string;
}

/** A router: how it is made, what binds a route to a method that is preflighted, and what may take OPTIONS there. */
interface BindingRouter {
  readonly made: RegExp;
  readonly name: string;
  readonly status: number;
  readonly bound: RegExp;
  readonly others: RegExp;
}

const answering = /"options["\s]|\bMethodOptions\b|\.options\(|\bcors\b/i;
/** Each was asked: Gin 1.12, chi 5.2, gorilla/mux 1.8 and net/http of Go 1.26. */
const routers: readonly BindingRouter[] = [
  {
    made: /^gin\.(?:New|Default)\(/,
    name: 'Gin',
    status: 404,
    bound: /\.(?:POST|PUT|PATCH|DELETE)\(\s*"/,
    others: /\.(?:Any|Match|Handle|NoRoute|NoMethod|Static\w*)\(|\bHandleMethodNotAllowed\b/,
  },
  {
    made: /^chi\.New(?:Router|Mux)\(/,
    name: 'chi',
    status: 405,
    bound: /\.(?:Post|Put|Patch|Delete)\(\s*"/,
    others: /\.(?:Handle(?:Func)?|Method(?:Func)?|Mount|NotFound|MethodNotAllowed)\(/,
  },
  {
    made: /^mux\.NewRouter\(/,
    name: 'mux',
    status: 405,
    bound: /\.Methods\((?=[^)\n]*(?:POST|PUT|PATCH|DELETE|MethodP|MethodDelete))/,
    others:
      /\.Handle(?:Func)?\((?![^\n]*\.Methods\()|\.(?:PathPrefix|Handler)\(|\b(?:NotFound|MethodNotAllowed)Handler\b/,
  },
  {
    made: /^http\.NewServeMux\(/,
    name: 'net/http',
    status: 405,
    bound: /\.Handle(?:Func)?\(\s*"(?:POST|PUT|PATCH|DELETE) /,
    others: /\.Handle(?:Func)?\(\s*(?!"[A-Z]+ )/,
  },
];

/** Undefined where a route may take OPTIONS, or may stand elsewhere. `middleware` is the function that is given to a router. */
export function missedPreflights(middleware: FunctionExpression, search: Search): MissedPreflight | undefined {
  const { program, evaluator } = search;
  const uses = usesOfFunction(middleware, program);
  if (uses.length === 0) return undefined;
  const unasked = { when: not(optionsMethod), optionsStatus: 405 };
  const isGiven = (use: Expression): boolean => unaskedBy(use, program, evaluator) !== undefined;
  if (uses.every(isGiven)) return { ...unasked, unanswered: refusedByRouter };
  if (uses.every((use) => boundByPattern(use, evaluator)))
    return program.text.has(/"OPTIONS +\S/) ? undefined : { ...unasked, unanswered: refusedByPatterns };
  const [use, another] = uses;
  if (use === undefined || another !== undefined) return undefined;
  const made = callOf(use) ?? use;
  const [guard] = guardFacts({ made, scope: '', earlier: earlierMiddlewares(made, program, evaluator) }, search);
  if (guard?.kind === 'unhandled-preflight')
    return { when: not(optionsMethod), optionsStatus: null, unanswered: guard.why };
  const router = refusingRouter(use, program, evaluator);
  if (router === undefined || program.text.has(answering)) return undefined;
  const { name, status } = router;
  return {
    when: always,
    optionsStatus: status,
    unanswered: `All routes are bound to methods, OPTIONS is none of them, and ${name} answers it with ${status}.`,
  };
}

/** `mux.Handle("PUT /items", cors(save))`, with other middlewares around or within. */
function boundByPattern(use: Expression, evaluator: Evaluator): boolean {
  for (let call = callOf(use) ?? callAround(use); call !== undefined; call = callAround(call)) {
    if (call.callee.kind !== 'member' || !/^Handle(Func)?$/.test(call.callee.property)) continue;
    const pattern = call.arguments[0] && evaluator.evaluate(call.arguments[0].value);
    return pattern?.kind === 'text' && /^(?!OPTIONS\b)[A-Z]+ +\S/.test(pattern.text);
  }
  return false;
}

/** The one router that the middleware stands in front of, where all its routes are in this file and bound to methods. */
function refusingRouter(use: Identifier, program: Program, evaluator: Evaluator): BindingRouter | undefined {
  const given = routerAt(use);
  const bound = given && program.resolve(given);
  const made = given && evaluator.evaluate(given).expression?.text;
  const router = made === undefined ? undefined : routers.find((one) => one.made.test(made));
  if (bound === undefined || router === undefined) return undefined;
  const isHandedOn = program
    .references(bound)
    .some((one) => one.range.start !== given!.range.start && goesElsewhere(one));
  const { text } = program;
  return !isHandedOn && text.has(router.bound) && !text.has(router.others) ? router : undefined;
}

/** The router of `router.Use(allow)`, `router.Use(allow())` and `allow(router)`. */
function routerAt(use: Identifier): Identifier | undefined {
  const called = callOf(use);
  const [only, ...others] = called?.arguments ?? [];
  if (only?.value.kind === 'identifier' && others.length === 0) return only.value;
  const { callee } = callAround(called ?? use) ?? {};
  return callee?.kind === 'member' && callee.property === 'Use' && callee.object.kind === 'identifier'
    ? callee.object
    : undefined;
}

/** Whoever is handed the router may add routes to it; a server does not. */
function goesElsewhere({ parent }: Identifier): boolean {
  return parent?.kind === 'call' && !/^(?:http\.\w+|log\.Fatal)$/.test(parent.callee.text);
}
