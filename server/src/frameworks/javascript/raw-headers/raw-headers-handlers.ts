/** Which requests a handler with hand-written headers answers, and whether anything answers its preflights. */
import type { SourceRange } from '../../../syntax/range.ts';
import type { Expression, FunctionExpression, Program } from '../../../syntax/programs/program.ts';
import type { Fact } from '../../../policy/policy.ts';
import type { RequestTest } from '../../../policy/request-test.ts';
import { always, not } from '../../../policy/request-test.ts';
import type { Evaluator } from '../../../values/evaluator.ts';
import type { HeaderSite } from './header-sites.ts';
import { isAssetPath } from '../../../models/static/asset-paths.ts';

const optionsMethod: RequestTest = { kind: 'method', name: 'OPTIONS' };
const httpMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
const registration = /^(get|post|put|patch|delete|head|all|use|options)$/;

export interface Route {
  readonly scope: string;
  /** Upper-case method when the handler answers one method only. */
  readonly method?: string;
  readonly path?: string;
  /** Condition under which the handler runs at all. */
  readonly when: RequestTest;
  /** Status of an OPTIONS request that the handler itself gives none: null when the server around it decides. */
  readonly optionsStatus: number | null;
  /** How the handler came to its route. */
  readonly kind: 'express-route' | 'middleware' | 'exported-method' | 'other';
}

/** What a handler answers, from where it is registered or what it is called. */
export function routeOf(handler: FunctionExpression | undefined, evaluator: Evaluator): Route {
  const other: Route = { scope: 'this response', when: always, optionsStatus: null, kind: 'other' };
  if (handler === undefined) return other;
  const call = handler.parent;
  if (
    call?.kind === 'call' &&
    call.callee.kind === 'member' &&
    registration.test(call.callee.property) &&
    call.arguments.some((argument) => argument.value.range.start === handler.range.start)
  ) {
    const { property } = call.callee;
    const first = call.arguments[0];
    const value = first && !first.spread ? evaluator.evaluate(first.value) : undefined;
    const path = value?.kind === 'text' ? value.text : undefined;
    if (property === 'use' || property === 'all')
      return {
        scope: path === undefined ? 'every route registered after it' : `routes under ${path}`,
        path,
        when: always,
        optionsStatus: 200,
        kind: 'middleware',
      };
    if (path === undefined) return other;
    const method = property.toUpperCase();
    return {
      scope: `${method} ${path}`,
      method,
      path,
      when: method === 'OPTIONS' ? optionsMethod : not(optionsMethod),
      optionsStatus: 200,
      kind: 'express-route',
    };
  }
  const name = handler.name ?? nameOfDeclaration(handler);
  if (name !== undefined && httpMethods.has(name))
    return {
      scope: `${name} handler`,
      method: name,
      when: name === 'OPTIONS' ? optionsMethod : not(optionsMethod),
      optionsStatus: 204,
      kind: 'exported-method',
    };
  return isNodeHandler(handler)
    ? {
        scope: 'every request to this handler',
        when: always,
        optionsStatus: 200,
        kind: handler.parameters.length > 2 ? 'middleware' : 'other',
      }
    : other;
}

/** `(req, res)`, as Node and Express call it. */
export function isNodeHandler({ parameters: [request, response] }: FunctionExpression): boolean {
  return /^(req|request|_req|_)$/.test(request?.name ?? '') && /^(res|response)$/.test(response?.name ?? '');
}

/** A route for assets, or what `express.static` calls for the files that it sends. */
export function servesAssets({ path }: Route, handler: FunctionExpression | undefined): boolean {
  if (path !== undefined && isAssetPath(path)) return true;
  const options = handler?.parent;
  return (
    options?.kind === 'object' &&
    options.parent?.kind === 'call' &&
    /(^|\.)(static|serveStatic)$/.test(options.parent.callee.text)
  );
}

function nameOfDeclaration(handler: FunctionExpression): string | undefined {
  const declaration = handler.parent;
  return declaration?.kind === 'declaration'
    ? declaration.bindings.find((binding) => binding.path.length === 0)?.name
    : undefined;
}

/**
 * Whether the headers are gone where the handler throws: Koa's own error answer drops what was set, and a Fetch handler has no response
 * yet. Express, Fastify and Node keep what was written.
 */
export function isLostOnError(
  sites: readonly HeaderSite[],
  handler: FunctionExpression | undefined,
  program: Program,
): boolean {
  if (isKoa(handler, program)) return true;
  return sites.every(isOfFetch);
}

/** Written to a `Response` or `Headers`. */
export function isOfFetch({ via, receiver }: HeaderSite): boolean {
  return via === 'Response' || via === 'Headers' || (receiver !== undefined && /headers$/i.test(receiver.text));
}

export function isKoa(handler: FunctionExpression | undefined, program: Program): boolean {
  return /^(ctx|context)$/.test(handler?.parameters[0]?.name ?? '') && !/hono/i.test(program.text);
}

/** A route that needs a preflight while nothing in the file answers OPTIONS. */
export function handlerFacts(
  route: Route,
  handler: FunctionExpression | undefined,
  allowOrigin: readonly HeaderSite[],
  written: readonly string[],
  program: Program,
): Fact[] {
  const [site] = allowOrigin;
  if (site === undefined || handler === undefined) return [];
  const needs = needOfPreflight(route, handler, program);
  if (needs === undefined || answersOptions(route, written, program)) return [];
  return [
    {
      kind: 'unhandled-preflight',
      range: site.nameRange,
      needs,
      why:
        route.kind === 'exported-method'
          ? 'no OPTIONS handler is exported beside it'
          : 'OPTIONS is answered without these headers',
      ...handleEdit(route, handler, site, program),
    },
  ];
}

function needOfPreflight(route: Route, handler: FunctionExpression, program: Program): string | undefined {
  const { method, path } = route;
  if (method === 'PUT' || method === 'PATCH' || method === 'DELETE')
    return `${method}${path === undefined ? '' : ` ${path}`}`;
  const body = program.text.slice(handler.range.start, handler.range.end);
  const readsJson =
    /\bawait\s+(?:req|request)\.json\(\)/.test(body) ||
    (/\breq\.body\b/.test(body) && /\bexpress\.json\(|bodyParser\.json\(/.test(program.text));
  if (method === 'POST' && readsJson) return `POST${path === undefined ? '' : ` ${path}`} with a JSON body`;
  if (/access-control-allow-headers/i.test(body) && method !== undefined && method !== 'OPTIONS')
    return `${method}${path === undefined ? '' : ` ${path}`} with the request headers that it allows`;
  if (route.kind === 'middleware') {
    const routed = /\.(put|patch|delete)\s*\(\s*['"`]/.exec(program.text);
    if (routed) return `a ${routed[1]!.toUpperCase()} route`;
  }
  return undefined;
}

function answersOptions(route: Route, written: readonly string[], program: Program): boolean {
  if (/['"`]OPTIONS['"`]|\bfunction\s+OPTIONS\b|\bOPTIONS\s*[=(]|\.options\s*\(|\bcors\s*\(/i.test(program.text))
    return true;
  // A middleware's headers are on Express's own answer to OPTIONS too, so the method list is all that it takes.
  return route.kind === 'middleware' && written.includes('access-control-allow-methods');
}

function handleEdit(
  route: Route,
  handler: FunctionExpression,
  site: HeaderSite,
  program: Program,
): { handle?: () => { range: SourceRange; newText: string }[] } {
  const call = handler.parent;
  const [request, response] = handler.parameters;
  if (
    route.kind !== 'express-route' ||
    route.path === undefined ||
    call?.kind !== 'call' ||
    call.callee.kind !== 'member' ||
    site.form !== 'call' ||
    site.value === undefined
  )
    return {};
  if (request?.name === undefined || response?.name === undefined) return {};
  const value = site.value.kind === 'string' ? site.value.text : undefined;
  if (value === undefined) return {};
  const target = call.callee.object.text;
  return {
    handle: () => {
      const newline = program.text.includes('\r\n') ? '\r\n' : '\n';
      const quote = value[0] ?? "'";
      const lines = [
        `${target}.options(${firstArgument(call)}, (${request.name}, ${response.name}) => {`,
        `  ${response.name}.setHeader(${quote}Access-Control-Allow-Origin${quote}, ${value});`,
        `  ${response.name}.setHeader(${quote}Access-Control-Allow-Methods${quote}, ${quote}${route.method}${quote});`,
        `  ${response.name}.setHeader(${quote}Access-Control-Allow-Headers${quote}, ${quote}Content-Type${quote});`,
        `  ${response.name}.sendStatus(204);`,
        '});',
      ];
      return [{ range: { start: call.range.start, end: call.range.start }, newText: lines.join(newline) + newline }];
    },
  };
}

function firstArgument(call: Expression & { kind: 'call' }): string {
  return call.arguments[0]?.value.text ?? '';
}
