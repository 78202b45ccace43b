/** Java: texts, lists and streams, `java.util.regex`, `java.net`, requests of servlets, Spring and JAX-RS. */
import type { Inner } from '../inner-value.ts';
import { originSubject } from '../inner-value.ts';
import { patternTest } from '../origin-tests.ts';
import type { Pattern } from '../../policy/request-test.ts';
import type { ParameterRole } from '../evaluator.ts';
import type { Binding } from '../../syntax/programs/program.ts';
import { entriesOf, keysOf, valueAt, valuesOf } from '../operations/dicts.ts';
import { concat } from '../operations/joining.ts';
import { everyMember, filterMembers, mapMembers, someMember } from '../operations/list-callbacks.ts';
import { character, memberAt, slice, split } from '../operations/slices.ts';
import {
  contains,
  endsWith,
  equalTo,
  equalWithoutCase,
  isEmpty,
  position,
  startsWith,
} from '../operations/text-tests.ts';
import { lowerCase, replace, trim, upperCase } from '../operations/texts.ts';
import { javaFunction } from './java-functions.ts';
import { javaModules } from './java-modules.ts';
import { springSetting } from './spring-settings.ts';
import type { Methods, Operation, Use, ValueLanguage } from './value-language.ts';

const itself: Operation = (receiver) => receiver;

/** `text.matches("https://.*")`: the pattern is given as a text, and has to fit the whole. */
const matchesWhole: Operation = (receiver, [source], { here, language }) => {
  if (source?.kind !== 'text' || originSubject(receiver) === undefined) return undefined;
  const pattern: Inner = {
    kind: 'pattern',
    pattern: { source: source.text, flags: '', dialect: language.patternDialect, mode: 'full' },
    ...(source.contentRange && { sourceRange: source.contentRange }),
    fromString: true,
    ...here,
  };
  return { kind: 'predicate', test: patternTest(pattern, receiver, here.range, 'full'), ...here };
};

/** A separator is a pattern: only one that no sign of a pattern stands in, or each of them behind a backslash, is a text. */
const splitAt: Operation = (receiver, [separator, ...rest], use) => {
  if (separator?.kind !== 'text') return undefined;
  const plain = separator.text.replaceAll(/\\s\*|\\([^\w])/g, '$1');
  return /[\\[\](){}*+?^$|]/.test(plain) || /(^|[^\\])\./.test(separator.text)
    ? undefined
    : split('parts')(receiver, [{ ...separator, text: plain }, ...rest], use);
};

/** `pattern.matcher(text)` waits for `matches()` or `find()`. */
const matcher: Operation = (receiver, [text], { here }) =>
  receiver.kind === 'pattern' && text
    ? {
        kind: 'dict',
        open: true,
        entries: [
          { key: 'pattern', keyRange: here.range, value: receiver, range: here.range },
          { key: 'text', keyRange: here.range, value: text as never, range: here.range },
        ],
        ...here,
      }
    : undefined;

function matching(mode: Pattern['mode']): Operation {
  return (receiver, _values, { here }: Use) => {
    if (receiver.kind !== 'dict') return undefined;
    const part = (name: string): Inner | undefined => receiver.entries.find(({ key }) => key === name)?.value;
    const [pattern, text] = [part('pattern'), part('text')];
    return pattern && text
      ? { kind: 'predicate', test: patternTest(pattern, text, here.range, mode), ...here }
      : undefined;
  };
}

/** `url.getHost()` is the host's name, without the port. */
const partOfUrl =
  (part: 'hostname' | 'port' | 'scheme' | 'host'): Operation =>
  (receiver, _values, { here }) =>
    receiver.kind === 'origin-piece' && receiver.part === 'url'
      ? { kind: 'origin-piece', part, ignoreCase: receiver.ignoreCase, ...here }
      : undefined;

const methods: Methods = {
  text: {
    equals: equalTo,
    contentEquals: equalTo,
    equalsIgnoreCase: equalWithoutCase,
    startsWith,
    endsWith: endsWith('none'),
    contains,
    indexOf: position('first'),
    lastIndexOf: position('last'),
    matches: matchesWhole,
    isEmpty,
    isBlank: isEmpty,
    toLowerCase: lowerCase,
    toUpperCase: upperCase,
    trim: trim('both'),
    strip: trim('both'),
    substring: slice('between'),
    charAt: character,
    replace: replace('all'),
    split: splitAt,
    concat,
    toString: itself,
    getHost: partOfUrl('hostname'),
    getAuthority: partOfUrl('host'),
  },
  list: {
    contains,
    stream: itself,
    parallelStream: itself,
    toList: itself,
    toArray: itself,
    collect: itself,
    distinct: itself,
    get: memberAt,
    anyMatch: someMember,
    allMatch: everyMember,
    filter: filterMembers,
    map: mapMembers,
  },
  dict: {
    containsKey: contains,
    get: valueAt,
    getOrDefault: valueAt,
    keySet: keysOf,
    values: valuesOf,
    entrySet: entriesOf,
    matches: matching('full'),
    find: matching('search'),
    lookingAt: matching('prefix'),
  },
  pattern: { matcher },
};

/** What a parameter of this type is to a handler. */
const roles: Readonly<Record<string, ParameterRole>> = {
  HttpServletRequest: 'request',
  ServletRequest: 'request',
  ServerHttpRequest: 'request',
  ContainerRequestContext: 'request',
  HttpServletResponse: 'response',
  ServletResponse: 'response',
  ServerHttpResponse: 'response',
  ContainerResponseContext: 'response',
  ServerWebExchange: 'context',
  RoutingContext: 'context',
  FilterChain: 'next',
};

/** `@RequestHeader("Origin") String origin` of Spring, `@HeaderParam("Origin")` of JAX-RS. */
function annotatedRole({ name, parameterOf, parameterIndex }: Binding): ParameterRole | undefined {
  const parameter = parameterIndex === undefined ? undefined : parameterOf?.parameters[parameterIndex];
  if (parameter === undefined || parameterOf === undefined) return undefined;
  const { start } = parameterOf.range;
  const written = parameterOf.text.slice(parameter.range.start - start, parameter.range.end - start);
  const [annotation, given = ''] = /@(?:RequestHeader|HeaderParam)\b\s*(?:\(([^()]*)\))?/.exec(written) ?? [];
  if (annotation === undefined) return undefined;
  if (/(^|\.)(HttpHeaders|Map|MultiValueMap)\b/.test(parameter.type?.text ?? '')) return 'headers';
  const header =
    /"([^"]*)"|\b(ORIGIN)\b/
      .exec(given)
      ?.slice(1)
      .find((one) => one !== undefined) ?? name;
  return header.toLowerCase() === 'origin' ? 'origin' : undefined;
}

const headerNames: Readonly<Record<string, string>> = {
  ORIGIN: 'Origin',
  VARY: 'Vary',
  ACCESS_CONTROL_ALLOW_ORIGIN: 'Access-Control-Allow-Origin',
  ACCESS_CONTROL_ALLOW_CREDENTIALS: 'Access-Control-Allow-Credentials',
  ACCESS_CONTROL_ALLOW_METHODS: 'Access-Control-Allow-Methods',
  ACCESS_CONTROL_ALLOW_HEADERS: 'Access-Control-Allow-Headers',
  ACCESS_CONTROL_EXPOSE_HEADERS: 'Access-Control-Expose-Headers',
  ACCESS_CONTROL_MAX_AGE: 'Access-Control-Max-Age',
};
const httpMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'];

export const valueLanguage = {
  name: 'java',
  // Only a boolean is tested; what a test of another language would ask is asked by a comparison here.
  falsy: { emptyText: true, zero: true, emptyList: true },
  negativeIndexes: false,
  patternDialect: 'java',
  methods,
  functionNamed: javaFunction,
  constants: {
    ...Object.fromEntries(
      Object.entries(headerNames).flatMap(([name, text]) => [
        [`HttpHeaders.${name}`, text],
        [`CorsConfiguration.${name}`, text],
      ]),
    ),
    ...Object.fromEntries(
      ['HttpMethod', 'RequestMethod'].flatMap((type) => httpMethods.map((name) => [`${type}.${name}`, name])),
    ),
    'CorsConfiguration.ALL': '*',
    'Boolean.TRUE': 'true',
    'Boolean.FALSE': 'false',
  },
  request: {
    headerContainers: new Set(['headers', 'httpheaders', 'requestheaders']),
    requestNames: /^(r|rq|req|request|httpreq|httprequest|servletrequest|httpservletrequest)$/i,
    contextNames: /^(r|rq|req|request|httpreq|httprequest|ctx|context|exchange|requestcontext|routingcontext)$/i,
    otherInputs: new Set(['parameter', 'parametermap', 'queryparams', 'cookies', 'querystring', 'attribute']),
    methodNames: new Set(['method']),
    headerMethods: new Set(['get', 'getfirst', 'getornull', 'getordefault', 'add', 'set', 'put', 'remove']),
    getters: /^(get|getFirst|header)$/,
    presence: new Set(['containsKey', 'contains']),
    headerReaders: /^(getHeader|getHeaderString|header|headers)$/,
    environments: /^System\.env$/,
    environmentMethods: new Set(['get']),
    accessor(method) {
      const [, first, rest] = /^(?:get)?(\w)(\w*)$/.exec(method) ?? [];
      const name = first === undefined ? '' : first.toLowerCase() + rest!;
      return /^(headers|request|method|origin|requestHeaders|methodValue)$/.test(name)
        ? name.replace('methodValue', 'method').replace('requestHeaders', 'headers')
        : undefined;
    },
  },
  modules: javaModules,
  objects: {
    selfNames: new Set(['this']),
    passesSelf: false,
    adds: new Set(['add', 'addAll', 'put', 'putAll', 'putIfAbsent']),
    addsEach: new Set(['addAll', 'putAll']),
    takesOut: new Set(['remove', 'removeAll', 'clear', 'removeIf', 'retainAll']),
  },
  flow: {
    looping: new Set(['forEach']),
    exits: new Set(['System.exit']),
    sends: new Set(['sendError', 'flushBuffer', 'sendRedirect']),
    timers: new Set(),
  },
  ofType: (type, here) =>
    /^(\w+\.)*(Configurable)?Environment$/.test(type.text)
      ? { kind: 'path', root: 'global', names: ['environment'], ...here }
      : undefined,
  settingOf: springSetting,
  isConstant: ({ kind, assignments }) => kind === 'const' || assignments.length === 0,
  roleOf: (parameter) =>
    annotatedRole(parameter) ??
    (parameter.type && Object.hasOwn(roles, parameter.type.text) ? roles[parameter.type.text] : undefined),
  // What a field is given is not written where it stands.
  zeroOf: (_type, here) => ({ kind: 'unknown', ...here }),
} satisfies ValueLanguage;
