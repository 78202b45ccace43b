/** Chains of names that lead to something the client sent or to the environment: `req.headers.origin`, `os.environ['X']`. */
import { always, originPresent } from '../policy/request-test.ts';
import type { RequestTest } from '../policy/request-test.ts';
import type { Inner, Path } from './inner-value.ts';
import { predicate, toPublic } from './inner-value.ts';
import { listOf } from './operations/joining.ts';
import type { ValueLanguage } from './languages/value-language.ts';
import type { RequestWords } from './request-words.ts';
import type { At } from './session.ts';

/** The member or constant index `name` of a chain. */
export function extendPath(path: Path, name: string, here: At, language: ValueLanguage): Inner {
  const at: At = { range: here.range, expression: here.expression };
  const words = language.request;
  if (path.urlIn?.name !== undefined && name === 'origin')
    return { kind: 'request', input: 'other', name: `the origin of ${path.urlIn.name}`, ...at };
  const constant = language.constants?.[[...path.names, name].join('.')];
  if (path.root === 'global' && constant !== undefined) return constantValue(constant, at);
  const variable = environmentVariable(path, name, words);
  if (variable !== undefined) return { kind: 'environment', name: variable, ...at };
  const mixed = path.root === 'global' ? words.mixed?.(path.names.join('.'), name) : undefined;
  if (mixed !== undefined) return partOfMixed(mixed, name, at);
  if (isHeaders(path, language)) {
    if (words.methodNames.has(name.toLowerCase())) return { kind: 'request', input: 'method', ...at };
    if (!words.headerMethods.has(name.toLowerCase())) return requestHeader(name, at);
  }
  const last = lastName(path);
  if (words.originMembers?.has(name) && (words.requestNames.test(last) || path.role === 'request'))
    return requestHeader('origin', at);
  if (
    words.methodNames.has(name.toLowerCase()) &&
    (words.contextNames.test(last) || path.role === 'request' || path.role === 'context')
  )
    return { kind: 'request', input: 'method', ...at };
  if (words.wholeInputs?.has(name) && (words.requestNames.test(last) || path.role === 'request'))
    return { kind: 'request', input: 'other', name, ...at };
  if (path.root === 'parameter' || path.names.length > 1 || words.contextNames.test(last)) {
    if (
      words.otherInputs.has(last.toLowerCase()) &&
      isRequestLike(path, path.names.length - 2, words) &&
      name !== 'get'
    )
      return { kind: 'request', input: 'other', name: `${last.toLowerCase()} ${name}`, ...at };
  }
  const keepsRole =
    path.role === 'context' && words.requestNames.test(name)
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
  here: At,
  language: ValueLanguage,
): Inner | undefined {
  const at: At = { range: here.range, expression: here.expression };
  const words = language.request;
  if (owner === undefined) return readByFunction(method, values[1], at, words);
  const accessed = values.length === 0 ? words.accessor?.(method) : undefined;
  if (accessed !== undefined) return extendPath(owner, accessed, here, language);
  const [key, otherwise] = values;
  const name = key?.kind === 'text' ? key.text : undefined;
  const isRequest = owner.role === 'request' || words.requestNames.test(lastName(owner));
  const asked = isRequest ? words.methodAsked?.(method, name) : undefined;
  if (asked !== undefined) return predicate({ kind: 'method', name: asked.toUpperCase() }, at.range, at.expression);
  if (key === undefined || name === undefined) return undefined;
  if (isRequest && words.presenceReaders?.test(method))
    return predicate(presenceOf(key, name), at.range, at.expression);
  const present = words.presence?.has(method) ? headerPresence(owner, key, language) : undefined;
  if (present !== undefined) return predicate(present, at.range, at.expression);
  if (words.getters.test(method)) return readByGetter(owner, name, otherwise, at, language);
  if (isRequest && words.inputReaders?.test(method))
    return { kind: 'request', input: 'other', name: `parameter ${name}`, ...at };
  if (!isRequest || !words.headerReaders.test(method)) return undefined;
  if (words.headerListReaders?.test(method)) return listOf(requestHeader(name, at), at);
  return words.methodNames.has(name.toLowerCase())
    ? { kind: 'request', input: 'method', ...at }
    : presentOr(requestHeader(name, at), otherwise, at);
}

/** `getHeader(event, 'origin')`, and a function that gives all headers. */
function readByFunction(name: string, second: Inner | undefined, at: At, words: RequestWords): Inner | undefined {
  if (words.headerFunctions?.test(name) && second?.kind === 'text') return requestHeader(second.text, at);
  return words.headersFunctions?.test(name)
    ? { kind: 'path', root: 'global', names: ['headers'], role: 'headers', ...at }
    : undefined;
}

/** `headers.get('Origin')`, `os.environ.get('X', '*')`, `c.Get("Origin")`. */
function readByGetter(
  owner: Path,
  name: string,
  otherwise: Inner | undefined,
  at: At,
  language: ValueLanguage,
): Inner | undefined {
  const words = language.request;
  const last = lastName(owner);
  const variable = environmentVariable(owner, name, words);
  if (variable !== undefined) {
    const isSwitch = words.switchReader?.test(at.expression?.text ?? '') === true;
    const usual: Inner | undefined = otherwise ?? (isSwitch ? { kind: 'boolean', value: false, ...at } : undefined);
    return withFallback({ kind: 'environment', name: variable, ...at }, usual);
  }
  const isPart = words.partsByKey === true && words.headerContainers.has(name.toLowerCase());
  if (isPart && isRequestLike(owner, owner.names.length - 1, words)) return extendPath(owner, name, at, language);
  if (isHeaders(owner, language))
    return words.methodNames.has(name.toLowerCase())
      ? { kind: 'request', input: 'method', ...at }
      : presentOr(requestHeader(name, at), otherwise, at);
  if (words.otherInputs.has(last.toLowerCase()))
    return { kind: 'request', input: 'other', name: `${last.toLowerCase()} ${name}`, ...at };
  const isContext =
    owner.role === 'context' ||
    owner.role === 'request' ||
    words.requestNames.test(last) ||
    (owner.root === 'parameter' && /^_?(ctx|context|c)$/.test(last));
  if (words.getsInputs)
    return isContext ? { kind: 'request', input: 'other', name: `input ${name}`, ...at } : undefined;
  return otherwise === undefined && isContext ? requestHeader(name, at) : undefined;
}

/** `'origin' in req.headers`, `Object.hasOwn(req.headers, 'origin')`: whether the header is there, and not what it says. */
export function headerPresence(container: Inner, key: Inner, language: ValueLanguage): RequestTest | undefined {
  if (container.kind !== 'path' || key.kind !== 'text') return undefined;
  const isMixed =
    container.root === 'global' && language.request.mixed?.(container.names.join('.'), key.text) === 'header';
  return isMixed || isHeaders(container, language) ? presenceOf(key, key.text) : undefined;
}

function presenceOf(key: Inner, name: string): RequestTest {
  const header = requestHeader(name, { range: key.range });
  return header.kind === 'request' && header.input === 'origin'
    ? originPresent
    : { kind: 'circumstance', subject: `header ${name.toLowerCase()}` };
}

function partOfMixed(part: 'header' | 'method' | 'environment' | 'other', name: string, at: At): Inner {
  switch (part) {
    case 'header':
      return requestHeader(name, at);
    case 'environment':
      return { kind: 'environment', name, ...at };
    default:
      return { kind: 'request', input: part, ...(part === 'other' && { name }), ...at };
  }
}

function withFallback(environment: Extract<Inner, { kind: 'environment' }>, fallback: Inner | undefined): Inner {
  return fallback === undefined || fallback.kind === 'nothing'
    ? environment
    : { ...environment, fallback: toPublic(fallback) };
}

/** `headers.get('Origin', '*')`: an empty text says no more than an absent header does. */
function presentOr(header: Inner, fallback: Inner | undefined, at: At): Inner {
  const isOrigin = header.kind === 'request' && header.input === 'origin';
  if (!isOrigin || fallback?.kind !== 'text' || fallback.text === '') return header;
  const choices = [
    { when: originPresent, value: header },
    { when: always, value: fallback },
  ];
  return { kind: 'one-of', choices, ...at };
}

/** Name of the variable when the chain is a set of environment variables. */
function environmentVariable(path: Path, name: string, words: RequestWords): string | undefined {
  const chain = path.names.join('.');
  const isEnvironment =
    path.root === 'global' ? words.environments.test(chain) : words.handedEnvironments?.test(chain) === true;
  return isEnvironment && !words.environmentMethods.has(name) ? name : undefined;
}

/** The chain is the headers that the client sent. */
export function isHeaders(path: Path, { request: words, objects }: ValueLanguage): boolean {
  if (path.role === 'headers') return true;
  const last = lastName(path).toLowerCase();
  if (!words.headerContainers.has(last)) return false;
  if (path.names.length === 1) return path.root === 'parameter' || (last === 'headers' && path.root === 'global');
  const owner = path.names.at(-2)!;
  if (/^_*(res|response|reply|resp)$/i.test(owner)) return false;
  return (
    path.root === 'parameter' ||
    words.requestNames.test(owner) ||
    words.contextNames.test(owner) ||
    objects.selfNames.has(owner)
  );
}

function isRequestLike(path: Path, index: number, { requestNames, contextNames }: RequestWords): boolean {
  const name = path.names[index];
  if (name === undefined) return false;
  return (
    requestNames.test(name) ||
    contextNames.test(name) ||
    // Its address, taken apart.
    (name === 'url' && index === 1 && requestNames.test(path.names[0]!)) ||
    (index === 0 && (path.role === 'request' || path.role === 'context'))
  );
}

function lastName(path: Path): string {
  return path.names.at(-1) ?? '';
}

function constantValue(value: string | number, at: At): Inner {
  return typeof value === 'string' ? { kind: 'text', text: value, ...at } : { kind: 'number', value, ...at };
}

function requestHeader(written: string, at: At): Inner {
  const name = written
    .replace(/^HTTP_/, '')
    .replaceAll('_', '-')
    .toLowerCase();
  return name === 'origin'
    ? { kind: 'request', input: 'origin', ...at }
    : { kind: 'request', input: 'header', name, ...at };
}
