/** Which requests a handler in JavaScript answers, and what answers its preflights. */
import { lineEnd } from '../../../edits/program-edits.ts';
import type { Edit } from '../../../syntax/range.ts';
import type { FunctionExpression, Program } from '../../../syntax/programs/program.ts';
import type { Mounted, StatusRule } from '../../../policy/policy.ts';
import { all, always, not, optionsMethod } from '../../../policy/request-test.ts';
import type { Evaluator } from '../../../values/evaluator.ts';
import { nameOfFunction } from '../../../values/function-uses.ts';
import { functionAround } from '../../../values/session.ts';
import { isAssetPath } from '../../../models/static/asset-paths.ts';
import { callAround } from '../../../models/handlers/handler-parts.ts';
import type {
  Handling,
  PreflightSigns,
  Route,
  Unsent,
  WaysOfAnswering,
} from '../../../models/handlers/handler-language.ts';
import type { HeaderWrite } from '../../../models/handlers/header-write.ts';
import { preflightSigns, sends, statuses } from '../answer-signs.ts';
import { decoratedRoute } from '../decorated-routes.ts';
import { devServerPlace } from '../dev-server-headers.ts';
import { mountOf, mountedAmong } from '../express-mounts.ts';
import { isFetched, unchangeable } from '../fetched-responses.ts';
import { passedBefore } from '../passed-guards.ts';
import { unsentByExport } from './exported-site.ts';
import { handlerOfMethod } from './method-handlers.ts';
import { routeModule, unsentByModule } from './route-modules.ts';

const registration = /^(get|post|put|patch|delete|head|all|use|options)$/;

export const answers: WaysOfAnswering = {
  route(handler, evaluator, program) {
    const route =
      registeredRoute(handler, evaluator) ??
      decoratedRoute(handler, evaluator) ??
      handlerOfMethod(handler, program) ??
      routeModule(handler, program) ??
      hookOfSvelte(handler) ??
      nodeHandler(handler);
    const { call, site } = mountOf(handler, program, evaluator);
    if (call === undefined || site === undefined) return route;
    const passed = passedBefore(call, site, evaluator);
    return passed === always || route === undefined ? route : { ...route, when: all([route.when, passed]) };
  },
  statuses,
  sends,
  // A Fetch handler that throws has made no response yet.
  isLostOnError: (written, handler, program) => isKoa(handler, program) || written.every(({ isMade }) => isMade),
  unsent: (write, program) =>
    isFetched(write, program)
      ? unchangeable
      : (unsentByModule(write, program) ?? unsentByExport(write, program) ?? lateInHook(write)),
  isForDevelopment: (write, program) => devServerPlace(write, program) !== undefined,
  servesAssets,
  mounted,
};

export const preflights: PreflightSigns = { ...preflightSigns, answer: optionsRoute };

/** `app.use(handler)`, `app.get('/items', handler)`. */
function registeredRoute(handler: FunctionExpression, evaluator: Evaluator): Route | undefined {
  const call = callAround(handler);
  if (call?.callee.kind !== 'member' || !registration.test(call.callee.property)) return undefined;
  const { property } = call.callee;
  const first = call.arguments[0];
  const value = first && !first.spread ? evaluator.evaluate(first.value) : undefined;
  const path = value?.kind === 'text' ? value.text : undefined;
  if (property === 'use' || property === 'all') return middleware(path);
  // A method of something else is called like one of an app: `client.get('https://…', (answer) => …)`.
  if (path === undefined || /^[a-z]+:\/\//i.test(path))
    return { scope: 'this response', when: always, optionsStatus: null };
  const method = property.toUpperCase();
  return {
    scope: `${method} ${path}`,
    methods: [method],
    path,
    when: method === 'OPTIONS' ? optionsMethod : not(optionsMethod),
    optionsStatus: 200,
  };
}

function middleware(path: string | undefined): Route {
  const scope = path === undefined ? 'every route registered after it' : `routes under ${path}`;
  return { scope, path, when: always, optionsStatus: 200, isMiddleware: true };
}

/** `handle({ event, resolve })`: what it hands on is answered by the routes. */
function hookOfSvelte(handler: FunctionExpression): Route | undefined {
  const isHook = nameOfFunction(handler) === 'handle' && /\bresolve\(\s*event\b/.test(handler.body?.text ?? '');
  if (!isHook) return undefined;
  return {
    scope: 'every route',
    when: always,
    optionsStatus: null,
    isMiddleware: true,
    unanswered: 'SvelteKit answers OPTIONS with 405 where no route exports a handler for it',
  };
}

/**
 * `event.setHeaders({ … })` of SvelteKit behind `await resolve(event)`: what it sets is written to the response when `resolve` has made it.
 * See https://github.com/sveltejs/kit/blob/main/packages/kit/src/runtime/server/respond.js
 */
function lateInHook({ via, receiver, node }: HeaderWrite): Unsent | undefined {
  if (via !== 'setHeaders' || receiver === undefined) return undefined;
  const body = functionAround(node)?.body;
  const before = body?.text.slice(0, node.range.start - body.range.start) ?? '';
  if (!/\bawait resolve\(/.test(before)) return undefined;
  return {
    explanation:
      'The response has been made already when resolve returns, so that nothing reads what is set on the event.',
    instead: 'Write to the response: response.headers.set(name, value).',
  };
}

function nodeHandler(handler: FunctionExpression): Route | undefined {
  if (!isNodeHandler(handler)) return undefined;
  const isMiddleware = handler.parameters.length > 2;
  return { scope: 'every request to this handler', when: always, optionsStatus: 200, isMiddleware };
}

/** `(req, res)`, as Node and Express call it. */
function isNodeHandler({ parameters: [request, response] }: FunctionExpression): boolean {
  return /^(req|request|_req|_)$/.test(request?.name ?? '') && /^(res|response)$/.test(response?.name ?? '');
}

/** A route for assets, or what `express.static` calls for the files that it sends. */
function servesAssets({ path }: Route, handler: FunctionExpression | undefined): boolean {
  if (path !== undefined && isAssetPath(path)) return true;
  const options = handler?.parent;
  return (
    options?.kind === 'object' &&
    options.parent?.kind === 'call' &&
    /(^|\.)(static|serveStatic)$/.test(options.parent.callee.text)
  );
}

/** What a handler of OPTIONS does not hand on, it answers. */
function mounted(
  { handler, route, program, evaluator }: Handling,
  statuses: readonly StatusRule[],
): Mounted | undefined {
  if (!isNodeHandler(handler)) return undefined;
  const answersOptions = handler.parameters.length < 3 && route.when.kind === 'method';
  const mount = mountOf(handler, program, evaluator);
  return mountedAmong(mount, answersOptions ? statuses : statuses.slice(0, -1), program, evaluator);
}

/** `(ctx, next)` of Koa, whose own error answer drops what was set, while Express, Fastify and Node keep it. */
export function isKoa(handler: FunctionExpression | undefined, program: Program): boolean {
  return /^(ctx|context)$/.test(handler?.parameters[0]?.name ?? '') && !program.text.has(/hono/i);
}

/** `app.options(path, …)` in front of a route of Express that has a method and a path. */
function optionsRoute(write: HeaderWrite, { handler, route, program }: Handling): (() => Edit[]) | undefined {
  const call = handler.parent;
  const [request, response] = handler.parameters.map(({ name }) => name);
  const value = write.form === 'call' && write.value?.kind === 'string' ? write.value.text : undefined;
  if (call?.kind !== 'call' || call.callee.kind !== 'member' || route.path === undefined || route.methods === undefined)
    return undefined;
  if (request === undefined || response === undefined || value === undefined) return undefined;
  const { object: app } = call.callee;
  const path = call.arguments[0]?.value.text ?? '';
  return () => {
    const newline = lineEnd(program.text);
    const quote = value[0] ?? "'";
    const lines = [
      `${app.text}.options(${path}, (${request}, ${response}) => {`,
      `  ${response}.setHeader(${quote}Access-Control-Allow-Origin${quote}, ${value});`,
      `  ${response}.setHeader(${quote}Access-Control-Allow-Methods${quote}, ${quote}${route.methods!.join(', ')}${quote});`,
      `  ${response}.setHeader(${quote}Access-Control-Allow-Headers${quote}, ${quote}Content-Type${quote});`,
      `  ${response}.sendStatus(204);`,
      '});',
    ];
    const before = { start: call.range.start, end: call.range.start };
    return [{ range: before, newText: lines.join(newline) + newline }];
  };
}
