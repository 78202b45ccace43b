/** CORS headers that Kotlin programs write by hand: Ktor, servlets and their filters, Spring, http4k, Javalin, Vert.x. */
import { defineHandlerFramework } from '../../models/handlers/define-handler-framework.ts';
import type { HandlerEdits, PreflightSigns, WaysOfAnswering } from '../../models/handlers/handler-language.ts';
import { withoutEdits } from '../../models/libraries/without-edits.ts';
import type { WaysOfWriting } from '../../models/handlers/ways-of-writing.ts';
import { methodsTogether } from '../../models/handlers/jvm-routes.ts';
import { writes as javaWrites } from '../../models/handlers/jvm-writes.ts';
import { routeOf } from './kotlin-headers/routes.ts';

const writes: WaysOfWriting = {
  ...javaWrites,
  methods: [
    { name: /^replaceHeader$/, operation: 'set' },
    // Of Ktor: each call adds a line.
    { name: /^header$/, on: /\bresponse$/, operation: 'append' },
    ...javaWrites.methods,
  ],
  // In a block whose receiver is what they are called on.
  functions: [
    { name: /^(setHeader|putHeader|set)$/, operation: 'set' },
    { name: /^(addHeader|header|append|add)$/, operation: 'append' },
  ],
  requests: /request\w*Headers$|httpGet|httpPost|restTemplate|httpHeadersOfRequest|\bclient\b|requestBuilder/i,
  // `headers.accessControlAllowOrigin = "*"` of Spring.
  properties: /\.\s*(accessControl(?:Allow(?:Origin|Credentials|Methods|Headers)|ExposeHeaders|MaxAge))\s*=(?!=)/g,
};

const answers: WaysOfAnswering = {
  route: routeOf,
  together: methodsTogether,
  statuses: {
    before:
      /\b(?:setStatus|sendError|setStatusCode|setRawStatusCode|status|respond|respondText|Response)\s*\(\s*|\.(?:status|statusCode)\s*=\s*/,
    names: {
      SC_OK: 200,
      SC_NO_CONTENT: 204,
      SC_FORBIDDEN: 403,
      SC_UNAUTHORIZED: 401,
      OK: 200,
      NO_CONTENT: 204,
      FORBIDDEN: 403,
      UNAUTHORIZED: 401,
      NoContent: 204,
      Forbidden: 403,
      Unauthorized: 401,
    },
  },
  sends: /^(?:\w+)\.sendError\(/,
  isLostOnError: () => false,
};

const preflights: PreflightSigns = {
  readsJson: [{ body: /@RequestBody\b/ }],
  routed: /@(Put|Patch|Delete)Mapping\b|@(PUT|PATCH|DELETE)\b/,
  answered:
    /\bOPTIONS\b|\bHttpMethod\.Options\b|\bdoOptions\b|@CrossOrigin|CorsConfiguration|CorsRegistry|\bCORS\b|\.cors\(|\boptions\s*[({]/,
};

const edits: HandlerEdits = {
  notation: {
    quote: '"',
    list: (members) => `listOf(${members.join(', ')})`,
    contains: (list, text) => `${text} in ${list}`,
    choice: (test, yes, no) => `if (${test}) ${yes} else ${no}`,
    constant: (name, value) => `val ${name} = ${value}`,
    listNames: ['allowedOrigins', 'corsAllowedOrigins'],
    condition: (test, statement, step) => [`if (${test}) {`, step + statement, '}'],
    end: '',
  },
  checked: [],
  patternMethods: /^(matches|find|containsMatchIn|matchEntire|matcher)$/,
  requestOrigin: () => undefined,
};

export const framework = defineHandlerFramework({
  id: 'kotlin-headers',
  title: 'Headers by hand (Kotlin)',
  documentation: 'https://ktor.io/docs/server-responses.html#headers',
  reads:
    '`call.response.header`, `setHeader`, `addHeader`, `ResponseEntity`, `HttpHeaders` of Ktor, servlets, Spring, ' +
    'http4k, Javalin and Vert.x',
  mentions: ['access-control-', 'access_control_', 'accesscontrolallow'],
  languages: ['kotlin'],
  language: { writes, answers, preflights, edits },
  // What may be missing has a type of its own, so that no edit is sure to be taken by the compiler.
  refine: withoutEdits,
});
