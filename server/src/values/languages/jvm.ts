/** What Java and Kotlin have from the machine that they run on: `java.util.regex`, `java.net`, requests of servlets, Spring and JAX-RS. */
import type { Pattern } from '../../policy/request-test.ts';
import type { Binding, ClassExpression } from '../../syntax/programs/program.ts';
import type { ParameterRole } from '../evaluator.ts';
import type { Inner } from '../inner-value.ts';
import { patternTest } from '../origin-tests.ts';
import type { RequestWords } from '../request-words.ts';
import type { Operation, Use } from './value-language.ts';

/** `pattern.matcher(text)` waits for `matches()` or `find()`. */
export const matcher: Operation = (receiver, [text], { here }) =>
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

export function matching(mode: Pattern['mode']): Operation {
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
export const partOfUrl =
  (part: 'hostname' | 'port' | 'scheme' | 'host'): Operation =>
  (receiver, _values, { here }) =>
    receiver.kind === 'origin-piece' && receiver.part === 'url'
      ? { kind: 'origin-piece', part, ignoreCase: receiver.ignoreCase, ...here }
      : undefined;

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

/** What a parameter is by its annotations and by its type. */
export function jvmRole(parameter: Binding): ParameterRole | undefined {
  return (
    annotatedRole(parameter) ??
    (parameter.type && Object.hasOwn(roles, parameter.type.text) ? roles[parameter.type.text] : undefined)
  );
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

/** Constants of libraries by dotted name. */
export const jvmConstants: Readonly<Record<string, string | number>> = {
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
};

/** What methods without arguments read, with or without `get` before the name. */
const membersRead = new Map([
  ...['headers', 'request', 'method', 'origin', 'queryParams', 'parameterMap', 'queryString', 'pathInfo'].map(
    (name) => [name, name] as const,
  ),
  ['requestHeaders', 'headers'],
  ['requestMethod', 'method'],
  ['httpMethod', 'method'],
  ['methodValue', 'method'],
]);

export const jvmRequest = {
  headerContainers: new Set(['headers', 'httpheaders', 'requestheaders']),
  requestNames: /^(r|rq|req|request|httpreq|httprequest|servletrequest|httpservletrequest)$/i,
  contextNames: /^(r|rq|req|request|httpreq|httprequest|ctx|context|exchange|requestcontext|routingcontext)$/i,
  otherInputs: new Set(['parameter', 'parametermap', 'queryparams', 'cookies', 'querystring', 'attribute']),
  methodNames: new Set(['method']),
  headerMethods: new Set(['get', 'getfirst', 'getornull', 'getordefault', 'add', 'set', 'put', 'remove']),
  getters: /^(get|getFirst|header)$/,
  presence: new Set(['containsKey', 'contains']),
  headerReaders: /^(getHeader|getHeaderString|header|headers)$/,
  inputReaders: /^(getParameter|getParameterValues|queryParams|getParam|queryParam|formParam)$/,
  wholeInputs: new Set(['queryString', 'pathInfo']),
  environments: /^System\.env$/,
  environmentMethods: new Set(['get']),
  accessor(method) {
    const [, first, rest] = /^(?:get)?(\w)(\w*)$/.exec(method) ?? [];
    return first === undefined ? undefined : membersRead.get(first.toLowerCase() + rest!);
  },
} satisfies RequestWords;

/** `getOrigin`, `isOpen`, `origin`: the field `origin` or `open`. */
export const fieldOfGetter = (method: string): string =>
  method.replace(/^(?:get|is)(\p{Lu})/u, (_, first: string) => first.toLowerCase());

/** https://docs.spring.io/spring-boot/reference/features/external-config.html#features.external-config.typesafe-configuration-properties */
export const isFilledBySpring = ({ decorators }: ClassExpression): boolean =>
  decorators.some(({ text }) => /ConfigurationProperties|ConfigMapping|ConfigRoot/.test(text));
