/**
 * Handlers that are called for one method each: by the name under which a module exports them (Next.js, SvelteKit, Astro, Cloudflare
 * Pages), or by their key in an object (Bun, TanStack Start).
 */
import type { Expression, FunctionExpression, Program } from '../../../syntax/programs/program.ts';
import { not, always, optionsMethod } from '../../../policy/request-test.ts';
import type { Route } from '../../../models/handlers/handler-language.ts';
import { nameOfFunction, usesOfFunction } from '../../../values/function-uses.ts';

const httpMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
/** Modules of which the framework calls nothing but what they export: `app/api/items/route.ts`, `src/routes/items/+server.ts`. */
const moduleOfMethods = /(^|\/)(route|\+server)\.[cm]?[jt]sx?$|(^|\/)src\/pages\/.*\.[cm]?[jt]s$/;
/** What answers each method that has no handler of its own, in SvelteKit and in Astro. */
const anyMethod = ['fallback', 'ALL'];

export function handlerOfMethod(handler: FunctionExpression, program: Program): Route | undefined {
  return handlerOfPages(handler) ?? exportedMethod(handler, program) ?? keyedMethod(handler);
}

/** Cloudflare Pages has a function for each method. */
function handlerOfPages(handler: FunctionExpression): Route | undefined {
  const method = /^onRequest([A-Z][a-z]+)$/.exec(nameOfFunction(handler) ?? '')?.[1]?.toUpperCase();
  if (method === undefined || !httpMethods.has(method)) return undefined;
  return {
    ...routeOf([method]),
    optionsStatus: 405,
    unanswered: 'no onRequestOptions is exported beside it',
  };
}

/** `export function GET(request)`, `export const POST = withAuth(async (request) => …)`. */
function exportedMethod(handler: FunctionExpression, program: Program): Route | undefined {
  const name = nameOfFunction(handler) ?? '';
  const methods = httpMethods.has(name) ? [name] : methodsOfMaker(handler, program);
  if (methods.length === 0) return undefined;
  const isAnswered = ['OPTIONS', ...anyMethod].some((one) => program.exports.has(one));
  return {
    ...routeOf(methods),
    optionsStatus: 204,
    ...((isAnswered || moduleOfMethods.test(program.path)) && { answersPreflights: isAnswered }),
    unanswered: 'no OPTIONS handler is exported beside it',
  };
}

/** Where another function makes the handler and returns it: the methods as which what that one returns is exported. */
function methodsOfMaker(handler: FunctionExpression, program: Program): string[] {
  const exported = [...program.exports].filter(([name]) => httpMethods.has(name));
  const maker = exported.length === 0 ? undefined : makerOf(handler);
  if (maker === undefined) return [];
  const uses = new Set(usesOfFunction(maker, program).map(({ range }) => range.start));
  return exported.flatMap(([name, expression]) => {
    const made = valueOf(expression, program);
    return made?.kind === 'call' && uses.has(made.callee.range.start) ? [name] : [];
  });
}

function valueOf(expression: Expression, program: Program): Expression | undefined {
  return expression.kind === 'identifier' ? program.resolve(expression)?.value : expression;
}

/** The function that returns this one. */
function makerOf({ parent }: FunctionExpression): FunctionExpression | undefined {
  if (parent?.kind === 'function') return parent;
  const body = parent?.kind === 'return' ? parent.parent : undefined;
  return body?.kind === 'block' && body.parent?.kind === 'function' ? body.parent : undefined;
}

/** `{ OPTIONS: () => …, POST: async (request) => … }`. */
function keyedMethod({ parent, range }: FunctionExpression): Route | undefined {
  if (parent?.kind !== 'object') return undefined;
  const keys = parent.entries.map(({ key }) => key);
  const method = keys[parent.entries.findIndex(({ value }) => value.range.start === range.start)];
  if (method === undefined || !httpMethods.has(method)) return undefined;
  return {
    ...routeOf([method]),
    optionsStatus: null,
    ...(['OPTIONS', 'ANY', ...anyMethod].some((one) => keys.includes(one)) && { answersPreflights: true }),
    unanswered: 'no OPTIONS handler stands beside it',
  };
}

function routeOf(methods: readonly string[]): Pick<Route, 'scope' | 'methods' | 'when'> {
  const isOptions = methods.every((method) => method === 'OPTIONS');
  const hasOptions = methods.includes('OPTIONS');
  return {
    scope: `${methods.join(' and ')} handler`,
    methods,
    when: isOptions ? optionsMethod : hasOptions ? always : not(optionsMethod),
  };
}
