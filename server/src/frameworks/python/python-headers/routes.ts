/** What a handler in Python answers: by its decorators, by its name in a class, by what it is called in. */
import type { ClassExpression, FunctionExpression, Program } from '../../../syntax/programs/program.ts';
import type { RequestTest } from '../../../policy/request-test.ts';
import { always, not, optionsMethod } from '../../../policy/request-test.ts';
import type { Evaluator } from '../../../values/evaluator.ts';
import type { Route } from '../../../models/handlers/handler-language.ts';
import { classOf, textsOf } from '../../../models/handlers/handler-parts.ts';
import { lastName } from '../../../syntax/programs/last-name.ts';

/** What the framework of a route answers to OPTIONS where no handler of the program does: by the module that it is imported from. */
const automaticOptions = [
  { module: /^(flask|quart)\b/, status: 200 },
  { module: /^(fastapi|starlette|bottle|aiohttp|sanic)\b/, status: 405 },
];

/** Decorators that register a handler for one path, by the method that they name. */
const registrations = /^(route|api_route|get|post|put|patch|delete|head|options)$/;
/** Decorators of what runs around the handlers of all routes. */
const aroundEverything = /^(after_request|after_app_request|middleware|hook|on_response|on_request)$/;
/** Django's and its REST framework's, which answer other methods themselves. */
const restrictions: Readonly<Record<string, { readonly methods?: readonly string[]; readonly otherwise: number }>> = {
  require_GET: { methods: ['GET'], otherwise: 405 },
  require_POST: { methods: ['POST'], otherwise: 405 },
  require_safe: { methods: ['GET', 'HEAD'], otherwise: 405 },
  require_http_methods: { otherwise: 405 },
  api_view: { otherwise: 200 },
};

/** Classes whose methods are called by the request's method. */
interface HandlerClass {
  readonly base: RegExp;
  /** Its group is the method's name. */
  readonly method: RegExp;
  /** Status of OPTIONS where no method answers it. */
  readonly otherwise: number | null;
  /** Why a preflight fails where no method answers it, for people. */
  readonly refuses?: string;
  /** A method that no other kind of class has, by which it is known whatever it derives from. */
  readonly known?: RegExp;
  /** Methods that every answer passes before or behind. */
  readonly first?: RegExp;
  readonly last?: RegExp;
}

const handlerClasses: readonly HandlerClass[] = [
  // http.server of the standard library.
  { base: /HTTPRequestHandler$/, method: /^do_([A-Z]+)$/, otherwise: 501, last: /^end_headers$/ },
  // Tornado.
  {
    base: /RequestHandler$/,
    known: /^set_default_headers$/,
    method: /^(get|post|put|patch|delete|head|options)$/,
    otherwise: 405,
    refuses: 'a handler of Tornado that has no method for OPTIONS answers it with 405',
    first: /^(set_default_headers|prepare)$/,
  },
  // Starlette and aiohttp.
  { base: /(HTTPEndpoint|^web\.View)$/, method: /^(get|post|put|patch|delete|head|options)$/, otherwise: 405 },
  // Django and Flask.
  {
    base: /(View|ViewSet|Resource)$/,
    method: /^(get|post|put|patch|delete|head|options)$/,
    otherwise: 200,
    last: /^(dispatch|dispatch_request|finalize_response)$/,
  },
  // Falcon needs no base.
  { base: /^$/, method: /^on_(get|post|put|patch|delete|head|options)$/, otherwise: 200 },
];

/** Methods of a middleware's class that see every request. */
const middlewareMethod =
  /^(__call__|__acall__|process_response|process_request|process_template_response|dispatch|on_response)$/;

export function routeOf(handler: FunctionExpression, evaluator: Evaluator, program: Program): Route | undefined {
  return decoratedRoute(handler, evaluator, program) ?? classRoute(handler, program) ?? middlewareRoute(handler);
}

/** The methods of a handler's class that answer together with it. */
export function methodsTogether(handler: FunctionExpression): readonly FunctionExpression[] | undefined {
  const home = classOf(handler);
  const kind = home && kindOf(home);
  if (kind === undefined || turnOf(handler.name ?? '', kind) === undefined) return undefined;
  return methodsOf(home!).filter(({ name }) => turnOf(name ?? '', kind) !== undefined);
}

/** Flask, FastAPI, Bottle, Sanic, aiohttp and Django's views: `@app.route('/items', methods=['PUT'])`, `@require_GET`. */
function decoratedRoute(handler: FunctionExpression, evaluator: Evaluator, program: Program): Route | undefined {
  for (const decorator of handler.decorators) {
    const call = decorator.kind === 'call' ? decorator : undefined;
    const callee = call?.callee ?? decorator;
    const name = lastName(callee);
    if (aroundEverything.test(name)) return around('every route', statusAround(program));
    const restriction = Object.hasOwn(restrictions, name) ? restrictions[name] : undefined;
    const argument = call?.arguments[0];
    if (restriction) {
      const methods = restriction.methods ?? textsOf(argument?.value, evaluator) ?? ['GET'];
      return byMethods(methods, undefined, restriction.otherwise);
    }
    if (call === undefined || callee.kind !== 'member' || !registrations.test(name)) continue;
    const path = argument && argument.name === undefined ? evaluator.evaluate(argument.value) : undefined;
    if (path?.kind !== 'text' || !/^[/<]|^$/.test(path.text)) continue;
    const listed = call.arguments.find((one) => one.name === 'methods' || one.name === 'method')?.value;
    const methods = /route$/.test(name) ? (textsOf(listed, evaluator) ?? ['GET']) : [name];
    return byMethods(methods, path.text, automaticStatus(program));
  }
  return undefined;
}

function byMethods(written: readonly string[], path: string | undefined, otherwise: number | null): Route {
  const methods = written.map((method) => method.toUpperCase());
  const answersOptions = methods.includes('OPTIONS');
  const isOnlyOptions = answersOptions && methods.length === 1;
  return {
    scope: [methods.filter((method) => method !== 'OPTIONS' || isOnlyOptions).join(', '), path ?? ''].join(' ').trim(),
    methods,
    ...(path !== undefined && { path }),
    when: isOnlyOptions ? optionsMethod : answersOptions ? always : not(optionsMethod),
    optionsStatus: answersOptions ? 200 : otherwise,
  };
}

function automaticStatus(program: Program): number | null {
  return automaticOptions.find(({ module }) => program.imports.some((one) => module.test(one.module)))?.status ?? null;
}

/** What runs around all routes leaves the status to them, where one of them answers OPTIONS. */
function statusAround(program: Program): number | null {
  return program.text.has(/['"]OPTIONS['"]|\.options\s*\(/) ? null : automaticStatus(program);
}

function around(scope: string, optionsStatus: number | null): Route {
  return { scope, when: always, optionsStatus, isMiddleware: true };
}

/** `do_GET(self)`, `get(self, request)`, and what runs around all of these in the same class. */
function classRoute(handler: FunctionExpression, program: Program): Route | undefined {
  const home = classOf(handler);
  const kind = home && kindOf(home);
  const name = handler.name ?? '';
  const turn = kind && turnOf(name, kind);
  if (home === undefined || kind === undefined || turn === undefined) return undefined;
  const answersOptions = methodsOf(home).some((method) => methodIn(method.name ?? '', kind) === 'OPTIONS');
  const optionsStatus = answersOptions ? 200 : kind.otherwise;
  const method = methodIn(name, kind);
  if (method === undefined)
    return {
      ...around('every request to this handler', optionsStatus),
      ...(turn !== 'between' && { runs: turn }),
      ...(kind.refuses !== undefined &&
        !answersOptions &&
        changesAnything(home, program) && { unanswered: kind.refuses }),
    };
  const methods = methodsOf(home).flatMap((one) => methodIn(one.name ?? '', kind) ?? []);
  const others = methods.filter((one) => one !== 'OPTIONS');
  return {
    scope: `${(others.length === 0 ? methods : others).join(', ')} handler`,
    methods: [method],
    when: whenMethod(method, others),
    optionsStatus,
  };
}

/** It, or a class of the file that derives from it, has a method for requests that are preflighted. */
function changesAnything(home: ClassExpression, { text }: Program): boolean {
  const own = methodsOf(home).some(({ name }) => changing.test(name ?? ''));
  const name = /^class\s+(\w+)/.exec(home.text)?.[1];
  const derived = name !== undefined && text.has(new RegExp(`\\bclass\\s+\\w+\\([^)]*\\b${name}\\b`));
  return own || (derived && text.has(/\bdef\s+(post|put|patch|delete)\s*\(\s*self\b/));
}

const changing = /^(post|put|patch|delete)$/;

/** Among others that answer each by its own method, a handler is asked with its own. */
function whenMethod(method: string, others: readonly string[]): RequestTest {
  if (method === 'OPTIONS') return optionsMethod;
  return others.length > 1 ? { kind: 'method', name: method } : not(optionsMethod);
}

function middlewareRoute(handler: FunctionExpression): Route | undefined {
  return classOf(handler) && middlewareMethod.test(handler.name ?? '') ? around('every request', null) : undefined;
}

function kindOf(home: ClassExpression): HandlerClass | undefined {
  const bases = (/^class\s+\w+\s*\(([^)]*)\)/.exec(home.text)?.[1] ?? '').split(',').map((base) => base.trim());
  const has = (method: RegExp) => methodsOf(home).some(({ name }) => method.test(name ?? ''));
  return handlerClasses.find(({ base, method, known }) =>
    base.test('') ? has(method) : bases.some((one) => base.test(one)) || (known !== undefined && has(known)),
  );
}

function methodsOf(home: ClassExpression): FunctionExpression[] {
  return home.members.flatMap(({ value }) => (value?.kind === 'function' ? [value] : []));
}

function methodIn(name: string, { method }: HandlerClass): string | undefined {
  return method.exec(name)?.[1]?.toUpperCase();
}

function turnOf(name: string, kind: HandlerClass): 'first' | 'between' | 'last' | undefined {
  if (kind.first?.test(name)) return 'first';
  if (kind.last?.test(name)) return 'last';
  return kind.method.test(name) ? 'between' : undefined;
}
