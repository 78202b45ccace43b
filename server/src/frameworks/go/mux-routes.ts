/**
 * Routes of gorilla/mux that are bound to methods: the router answers another method with 405 by itself, and asks no middleware of its
 * own, so that what `router.Use` is given never sees a preflight. See `ServeHTTP` and `Match` of https://pkg.go.dev/github.com/gorilla/mux
 */
import type { Call, Expression, Identifier, Program } from '../../syntax/programs/program.ts';
import type { Fact } from '../../policy/policy.ts';
import { not, optionsMethod } from '../../policy/request-test.ts';
import { callAround } from '../../models/handlers/handler-parts.ts';
import { stepsBehind } from '../../models/libraries/builder-steps.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import type { Look } from './placed-middlewares.ts';

/** What is called on a router and adds no route to it. */
const settings = /^(Use|StrictSlash|SkipClean|UseEncodedPath)$/;
/** Where a router begins to serve, with nothing around it, or is only read. */
const servers = /^(http\.ListenAndServe(TLS)?|http\.Handle|log\.Fatal|mux\.CORSMethodMiddleware)$/;

export const refusedByRouter =
  'All routes are bound to methods, OPTIONS is none of them, and mux answers it with 405 before it asks a middleware of "Use".';

/** A middleware of a router of which all routes are bound to other methods than OPTIONS answers no preflight. */
export const behindMethods: Look = (made, { program, evaluator }) => {
  const unasked = unaskedBy(made, program, evaluator);
  return unasked && { reach: not(optionsMethod), facts: () => unasked };
};

/** The route that tells it; undefined where a route may take OPTIONS, or may be added elsewhere. */
export function unaskedBy(made: Expression, program: Program, evaluator: Evaluator): Fact[] | undefined {
  const use = callAround(made);
  if (!program.imports.some(({ module }) => module === 'github.com/gorilla/mux')) return undefined;
  if (use?.callee.kind !== 'member' || use.callee.property !== 'Use') return undefined;
  const { object } = use.callee;
  const router = object.kind === 'identifier' ? program.resolve(object) : undefined;
  if (router === undefined || !isRouter(object as Identifier, evaluator)) return undefined;
  const uses = program.references(router).map((reference) => routeOf(reference, evaluator));
  const [route] = uses.flatMap((one) => (one === 'none' || one === 'unknown' ? [] : [one]));
  if (route === undefined || uses.includes('unknown')) return undefined;
  return [
    {
      kind: 'unhandled-preflight',
      range: made.range,
      needs: 'every route with PUT, DELETE or a JSON body',
      why: refusedByRouter,
      related: route.range,
      relatedMessage: 'This route takes no OPTIONS.',
      instead: 'Put this around the whole router, where the server is started.',
    },
  ];
}

function isRouter(name: Identifier, evaluator: Evaluator): boolean {
  const made = evaluator.evaluate(name).expression;
  return (
    made?.kind === 'call' &&
    /^mux\.NewRouter\(\)(?:\.(?:StrictSlash|SkipClean|UseEncodedPath)\(\w*\))*$/.test(made.text)
  );
}

/** What a use of the router does: it adds a route that is bound to methods, which are given; none; or what is not known. */
function routeOf(reference: Identifier, evaluator: Evaluator): Call | 'none' | 'unknown' {
  const steps = stepsBehind(reference);
  const [first] = steps;
  if (first === undefined) return isServed(reference) ? 'none' : 'unknown';
  if (settings.test(first.name)) return 'none';
  const bound = steps.find(({ name }) => name === 'Methods')?.call;
  const names = bound?.arguments.map(({ value }) => methodOf(value, evaluator)) ?? [];
  const isBound = names.length > 0 && names.every((name) => name !== undefined && name !== 'OPTIONS');
  const isSubrouter = steps.some(({ name }) => name === 'Subrouter');
  return bound !== undefined && isBound && !isSubrouter ? bound : 'unknown';
}

/** `"GET"`, `http.MethodGet`. */
export function methodOf(value: Call['callee'], evaluator: Evaluator): string | undefined {
  const known = /^http\.Method(\w+)$/.exec(value.text)?.[1];
  if (known !== undefined) return known.toUpperCase();
  const evaluated = evaluator.evaluate(value);
  return evaluated.kind === 'text' ? evaluated.text.toUpperCase() : undefined;
}

function isServed({ parent }: Identifier): boolean {
  if (parent?.kind === 'object') return true;
  return parent?.kind === 'call' && servers.test(parent.callee.text);
}
