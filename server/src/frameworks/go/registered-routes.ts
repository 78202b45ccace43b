/** Where a handler of Go is registered: the methods of its route, and what the router answers where no route takes OPTIONS. */
import type { Call, Expression, FunctionExpression, Program } from '../../syntax/programs/program.ts';
import type { Route } from '../../models/handlers/handler-language.ts';
import { callAround } from '../../models/handlers/handler-parts.ts';
import { routeOfMethods, routeOfPath } from '../../models/handlers/routes.ts';
import { stepsBehind } from '../../models/libraries/builder-steps.ts';
import { nameOfFunction, usesOfFunction } from '../../values/function-uses.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import { methodOf } from './mux-routes.ts';

const verb = /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|Get|Head|Post|Put|Patch|Delete|Options)$/;
const registering = /^(?:Handle(?:Func|r)?|Method(?:Func)?|Any|All)$/;
/** How many functions are looked through that wrap the handler: `http.HandlerFunc(…)`, `requireToken(…)`. */
const mostWrappers = 4;

/** The status that a router gives to a method for which it has no route; null where that was not seen. */
const refusals = [
  { module: /^github\.com\/gin-gonic\/gin$/, status: 404 },
  { module: /^github\.com\/go-chi\/chi\b/, status: 405 },
];

/** The route of a handler that this file registers once, or for several methods of which none is OPTIONS. */
export function registrationOf(handler: FunctionExpression, evaluator: Evaluator, program: Program): Route | undefined {
  const routes = sitesOf(handler, program).flatMap((site) => routeAt(site, evaluator, program) ?? []);
  const [first, ...others] = routes;
  if (first === undefined || others.length === 0) return first;
  const methods = routes.flatMap((route) => route.methods ?? []);
  if (routes.some((route) => route.methods === undefined)) return routeOfPath(undefined, first.optionsStatus);
  return { ...first, ...routeOfMethods([...new Set(methods)], undefined, first.optionsStatus) };
}

/** Itself, where it stands in the registration; uses of its name; `s.save` of a method whose name only one type of the file has. */
function sitesOf(handler: FunctionExpression, program: Program): readonly Expression[] {
  const name = nameOfFunction(handler);
  const uses = name === undefined ? [] : usesOfFunction(handler, program);
  if (name === undefined || uses.length > 0) return [handler, ...uses];
  const declared = [...program.text.matchAll(new RegExp(`\\bfunc \\([^)]*\\) ${name}\\(`, 'g'))];
  if (declared.length !== 1) return [handler];
  return [...program.text.matchAll(new RegExp(`\\.${name}\\b(?!\\s*\\()`, 'g'))].flatMap(({ index }) => {
    const member = program.expressionAt(index);
    return member?.kind === 'member' ? [member] : [];
  });
}

function routeAt(site: Expression, evaluator: Evaluator, program: Program): Route | undefined {
  let call = callAround(site);
  for (let left = mostWrappers; call !== undefined && left > 0; left--) {
    if (call.callee.kind === 'member' && (verb.test(call.callee.property) || registering.test(call.callee.property))) {
      const route = routeOfCall(call, call.callee.property, evaluator, program);
      if (route !== undefined) return route;
    }
    call = callAround(call);
  }
  return undefined;
}

/** `mux.HandleFunc("PUT /a", …)`, `r.HandleFunc("/a", …).Methods("PUT")`, `router.PUT("/a", …)`, `r.Handle("PUT", "/a", …)`. */
function routeOfCall(call: Call, name: string, evaluator: Evaluator, program: Program): Route | undefined {
  const [first, second] = call.arguments.map(({ value }) => value);
  const [pattern, behind] = [textOf(first, evaluator), textOf(second, evaluator)];
  if (verb.test(name))
    return pattern !== undefined && /^\/|^$/.test(pattern) ? bound([name], pattern, program) : undefined;
  const named = first && behind?.startsWith('/') ? methodOf(first, evaluator) : undefined;
  if (named !== undefined) return bound([named], behind, program);
  if (pattern === undefined) return undefined;
  const [, method, path] = /^(?:([A-Z]+) +)?(\S*)$/.exec(pattern) ?? [];
  // A pattern with a method answers no other: the mux says 405.
  if (method !== undefined) return bound([method], path, program, 405);
  const limited = stepsBehind(call).find((step) => step.name === 'Methods')?.call;
  if (limited === undefined) return routeOfPath(path, 200);
  const methods = limited.arguments.map(({ value }) => methodOf(value, evaluator));
  const known = methods.flatMap((one) => one ?? []);
  return known.length === methods.length ? bound(known, path, program, 405) : routeOfPath(path, null);
}

function bound(methods: readonly string[], path: string | undefined, program: Program, status?: number): Route {
  const router = refusals.find(({ module }) => program.imports.some((one) => module.test(one.module)));
  const otherwise = status ?? router?.status ?? null;
  const names = methods.map((method) => method.toUpperCase());
  return { ...routeOfMethods(names, path, otherwise), unanswered: 'no route answers OPTIONS beside it' };
}

function textOf(expression: Expression | undefined, evaluator: Evaluator): string | undefined {
  const value = expression && evaluator.evaluate(expression);
  return value?.kind === 'text' ? value.text : undefined;
}
