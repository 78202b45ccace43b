/** Chains of names that lead to something the client sent or to the environment: `req.headers.origin`, `os.environ['X']`. */
import type { SourceRange } from '../syntax/range.ts';
import type { Expression } from '../syntax/programs/program.ts';
import type { Inner, Path } from './inner-value.ts';
import { toPublic } from './inner-value.ts';

const headerContainers = new Set([
  'headers',
  'header',
  'meta',
  'environ',
  'multivalueheaders',
  'requestheaders',
  'getheaders',
  'getrequestheaders',
]);
const requestNames = /^_{0,2}(req|request|httprequest|nextrequest)\d?$/i;
const contextNames =
  /^_{0,2}(ctx|context|c|event|evt|e|scope|req|request|requestcontext|http|environ|httprequest)\d?$/i;
const otherInputs = new Set([
  'query',
  'body',
  'params',
  'cookies',
  'searchparams',
  'args',
  'form',
  'get',
  'post',
  'query_params',
  'querystringparameters',
  'path_params',
]);
const methodNames = new Set(['method', 'httpmethod', 'request_method']);

/** The member or constant index `name` of a chain. */
export function extendPath(path: Path, name: string, range: SourceRange, expression: Expression | undefined): Inner {
  const at = { range, expression };
  const variable = environmentVariable(path, name);
  if (variable !== undefined) return { kind: 'environment', name: variable, ...at };
  if (isHeaders(path)) {
    if (methodNames.has(name.toLowerCase())) return { kind: 'request', input: 'method', ...at };
    if (!['get', 'has', 'getall', 'getlist', 'items', 'keys', 'entries', 'foreach'].includes(name.toLowerCase()))
      return requestHeader(name, at);
  }
  const last = lastName(path);
  if (
    methodNames.has(name.toLowerCase()) &&
    (contextNames.test(last) || path.role === 'request' || path.role === 'context')
  )
    return { kind: 'request', input: 'method', ...at };
  if (path.root === 'parameter' || path.names.length > 1 || contextNames.test(last)) {
    if (otherInputs.has(last.toLowerCase()) && isRequestLike(path, path.names.length - 2) && name !== 'get')
      return { kind: 'request', input: 'other', name: `${last.toLowerCase()} ${name}`, ...at };
  }
  const keepsRole =
    path.role === 'context' && requestNames.test(name)
      ? { role: 'request' as const }
      : name === 'headers' && path.role === 'request'
        ? { role: 'headers' as const }
        : {};
  return { kind: 'path', root: path.root, names: [...path.names, name], ...keepsRole, ...at };
}

/**
 * `headers.get('Origin')`, `req.header('Origin')`, `getHeader(event, 'origin')`, `url.searchParams.get('x')`: what a call
 * of `method` of the chain `owner` (none for a bare function) reads; undefined when that is nothing of the request.
 */
export function requestRead(
  owner: Path | undefined,
  method: string,
  values: readonly Inner[],
  range: SourceRange,
  expression: Expression,
): Inner | undefined {
  const at = { range, expression };
  if (owner === undefined) {
    const second = values[1];
    if (/^(getHeader|getRequestHeader)$/.test(method) && second?.kind === 'text') return requestHeader(second.text, at);
    if (/^(headers|getHeaders|getRequestHeaders)$/.test(method))
      return { kind: 'path', root: 'global', names: ['headers'], role: 'headers', ...at };
    return undefined;
  }
  const name = values[0]?.kind === 'text' ? values[0].text : undefined;
  if (name === undefined) return undefined;
  const last = lastName(owner);
  if (/^(get|getlist|getAll)$/.test(method)) {
    const variable = environmentVariable(owner, name);
    if (variable !== undefined) return withFallback({ kind: 'environment', name: variable, ...at }, values[1]);
    if (isHeaders(owner))
      return methodNames.has(name.toLowerCase())
        ? { kind: 'request', input: 'method', ...at }
        : requestHeader(name, at);
    if (otherInputs.has(last.toLowerCase()))
      return { kind: 'request', input: 'other', name: `${last.toLowerCase()} ${name}`, ...at };
    const isContext =
      owner.role === 'context' ||
      owner.role === 'request' ||
      requestNames.test(last) ||
      (owner.root === 'parameter' && /^_?(ctx|context|c)$/.test(last));
    return values.length === 1 && isContext ? requestHeader(name, at) : undefined;
  }
  const readsHeader =
    /^(header|getHeader|get_header)$/.test(method) && (owner.role === 'request' || requestNames.test(last));
  return readsHeader ? requestHeader(name, at) : undefined;
}

function withFallback(environment: Extract<Inner, { kind: 'environment' }>, fallback: Inner | undefined): Inner {
  return fallback === undefined || fallback.kind === 'nothing'
    ? environment
    : { ...environment, fallback: toPublic(fallback) };
}

/** Name of the variable when the chain is a set of environment variables. */
function environmentVariable(path: Path, name: string): string | undefined {
  const chain = path.names.join('.');
  if (
    path.root === 'global' &&
    /^(process\.env|import\.meta\.env|Deno\.env|Bun\.env|os\.environ|env|environ)$/.test(chain)
  ) {
    return name === 'get' || name === 'toObject' || name === 'has' ? undefined : name;
  }
  if (path.root === 'parameter' && (chain === 'env' || /^\w+\.env$/.test(chain)) && name !== 'get') return name;
  return undefined;
}

function isHeaders(path: Path): boolean {
  if (path.role === 'headers') return true;
  const last = lastName(path).toLowerCase();
  if (!headerContainers.has(last)) return false;
  if (path.names.length === 1) return path.root === 'parameter' || (last === 'headers' && path.root === 'global');
  const owner = path.names.at(-2)!;
  if (/^_*(res|response|reply|resp)$/i.test(owner)) return false;
  return (
    path.root === 'parameter' ||
    requestNames.test(owner) ||
    contextNames.test(owner) ||
    owner === 'this' ||
    owner === 'self'
  );
}

function isRequestLike(path: Path, index: number): boolean {
  const name = path.names[index];
  if (name === undefined) return false;
  return (
    requestNames.test(name) ||
    contextNames.test(name) ||
    (index === 0 && (path.role === 'request' || path.role === 'context'))
  );
}

function lastName(path: Path): string {
  return path.names.at(-1) ?? '';
}

function requestHeader(written: string, at: { readonly range: SourceRange; readonly expression?: Expression }): Inner {
  const name = written
    .replace(/^HTTP_/, '')
    .replaceAll('_', '-')
    .toLowerCase();
  return name === 'origin'
    ? { kind: 'request', input: 'origin', ...at }
    : { kind: 'request', input: 'header', name, ...at };
}
