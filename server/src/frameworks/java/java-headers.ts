/** CORS headers that Java programs write by hand: servlets and their filters, Spring, JAX-RS, `HttpServer`, Vert.x, Javalin, Spark. */
import type { FunctionExpression, Program } from '../../syntax/programs/program.ts';
import { quoted } from '../../edits/program-edits.ts';
import type { ProgramNotation } from '../../edits/program-notation.ts';
import { defineHandlerFramework } from '../../models/handlers/define-handler-framework.ts';
import type { HandlerEdits, PreflightSigns, WaysOfAnswering } from '../../models/handlers/handler-language.ts';
import { parameterOfType } from '../../models/handlers/handler-parts.ts';
import { methodsTogether, routeOf } from '../../models/handlers/jvm-routes.ts';
import { writes } from '../../models/handlers/jvm-writes.ts';

/** What `AuthenticationEntryPoint`, `AccessDeniedHandler` and `AuthenticationFailureHandler` are called with. */
const refusal = /(^|\.)(AuthenticationException|AccessDeniedException)$/;

const answers: WaysOfAnswering = {
  route: routeOf,
  together: methodsTogether,
  statuses: {
    before:
      /\b(?:setStatus|sendError|sendResponseHeaders|setStatusCode|setRawStatusCode|status|Response\.status|ResponseEntity\.status)\(\s*/,
    names: {
      SC_OK: 200,
      SC_NO_CONTENT: 204,
      SC_FORBIDDEN: 403,
      SC_UNAUTHORIZED: 401,
      OK: 200,
      NO_CONTENT: 204,
      FORBIDDEN: 403,
      UNAUTHORIZED: 401,
    },
  },
  // The JDK's server sends the headers with this call, and not later.
  sends: /^(\w+)\.sendResponseHeaders\(|^(?:\w+)\.sendError\(/,
  isLostOnError: () => false,
  // Spring Security hands these what went wrong: their answers say no, and hold nothing of anybody's.
  servesAssets: (_route, handler) => parameterOfType(handler, refusal) !== undefined,
};

const preflights: PreflightSigns = {
  readsJson: [{ body: /@RequestBody\b/ }],
  routed: /@(Put|Patch|Delete)Mapping\b|@(PUT|PATCH|DELETE)\b/,
  answered: /"OPTIONS"|\bOPTIONS\b|\bdoOptions\b|@CrossOrigin|CorsConfiguration|CorsRegistry|\.cors\(|\.options\(/,
};

/** Signs by which a handler of Java answers, for those that look whether one refuses. */
export const signs = { answers, preflights };

const notation: ProgramNotation = {
  quote: '"',
  // Names that need no import, of a list that may be asked for nothing.
  list: (members) => `java.util.Arrays.asList(${members.join(', ')})`,
  contains: (list, text) => `${list}.contains(${text})`,
  choice: (test, yes, no) => `${test} ? ${yes} : ${no}`,
  constant: (name, value) => `java.util.List<String> ${name} = ${value};`,
  listNames: ['allowedOrigins', 'corsAllowedOrigins'],
  condition: (test, statement, step) => [`if (${test}) {`, step + statement, '}'],
  block: (lines, step) => ['{', ...lines.map((line) => step + line), '}'],
  end: ';',
};

/** How a handler is asked for the request's Origin, by the type of the parameter that gives it. */
const originReaders: readonly (readonly [type: RegExp, read: (name: string, origin: string) => string])[] = [
  [/(^|\.)HttpServletRequest$/, (name, origin) => `${name}.getHeader(${origin})`],
  [/(^|\.)ContainerRequestContext$/, (name, origin) => `${name}.getHeaderString(${origin})`],
  [/(^|\.)HttpExchange$/, (name, origin) => `${name}.getRequestHeaders().getFirst(${origin})`],
  [/(^|\.)RoutingContext$/, (name, origin) => `${name}.request().getHeader(${origin})`],
  [/(^|\.)ServerWebExchange$/, (name) => `${name}.getRequest().getHeaders().getOrigin()`],
  [/(^|\.)ServerHttpRequest$/, (name) => `${name}.getHeaders().getOrigin()`],
];

const edits: HandlerEdits = {
  notation,
  checked: ['call'],
  patternMethods: /^(matches|find|lookingAt|matcher)$/,
  requestOrigin: (handler, program, quote) => originIn(handler, program, quoted('Origin', quote)),
  varyStatement({ receiver, via }, _handler, _program, quote) {
    const adds = via.startsWith('setAccessControl') ? 'add' : addsBeside[via];
    return receiver === undefined || adds === undefined
      ? undefined
      : `${receiver.text}.${adds}(${quoted('Vary', quote)}, ${quoted('Origin', quote)});`;
  },
};

/** What adds a header where this sets one. */
const addsBeside: Readonly<Record<string, string | undefined>> = {
  setHeader: 'addHeader',
  addHeader: 'addHeader',
  putSingle: 'add',
  set: 'add',
  add: 'add',
};

export const framework = defineHandlerFramework({
  id: 'java-headers',
  title: 'Headers by hand (Java)',
  documentation: 'https://jakarta.ee/specifications/servlet/',
  reads:
    '`setHeader`, `addHeader`, `getHeaders().putSingle`, `ResponseEntity`, `Response`, `HttpHeaders` of servlets, ' +
    'filters, Spring, JAX-RS, the JDK’s `HttpServer`, Vert.x, Javalin and Spark',
  mentions: ['access-control-', 'access_control_', 'accesscontrolallow'],
  languages: ['java'],
  language: { writes, answers, preflights, edits },
});

function originIn(handler: FunctionExpression | undefined, program: Program, name: string): string | undefined {
  for (const [type, read] of originReaders) {
    const parameter = parameterOfType(handler, type)?.name;
    if (parameter !== undefined) return read(parameter, name);
  }
  // A filter is handed a request of a wider type, and gives the narrower one a name.
  const { start, end } = handler?.range ?? { start: 0, end: 0 };
  const cast = /\bHttpServletRequest\s+(\w+)\s*=/.exec(program.text.slice(start, end))?.[1];
  return cast === undefined ? undefined : `${cast}.getHeader(${name})`;
}
