/** CORS headers that Scala programs write by hand: Play, Pekko and Akka HTTP, http4s, Finatra, Scalatra, Cask. */
import type { FunctionExpression, Node } from '../../syntax/programs/program.ts';
import { always } from '../../policy/request-test.ts';
import type { ProgramNotation } from '../../edits/program-notation.ts';
import { defineHandlerFramework } from '../../models/handlers/define-handler-framework.ts';
import type { HandlerEdits, PreflightSigns, Route, WaysOfAnswering } from '../../models/handlers/handler-language.ts';
import { withoutEdits } from '../../models/libraries/without-edits.ts';
import type { WaysOfWriting } from '../../models/handlers/ways-of-writing.ts';

/** Senders of requests, by their usual names. */
const clients =
  /(^|\.)(ws|wsClient|client|httpClient|basicRequest|quickRequest|emptyRequest|HttpRequest|Request|request|req)(\b.*)?$/;

const writes: WaysOfWriting = {
  methods: [
    {
      name: /^(addHttpHeaders|withHttpHeaders|setHeader|withHeader)$/,
      on: clients,
      operation: 'set',
      direction: 'request',
    },
    { name: /^(addHeader|add)$/, operation: 'append' },
    { name: /^(removeHeader|remove)$/, operation: 'remove' },
    { name: /^(setHeader|withHeader|putHeader|header|set|put)$/, operation: 'set' },
    // Header.Raw of http4s, RawHeader of Pekko as a function of its companion.
    { name: /^(Raw|apply|create|parse)$/, on: /(^|\.)(Header|RawHeader)$/, operation: 'set' },
  ],
  functions: [{ name: /^(RawHeader|HttpHeader|Header|setHeader|header)$/, operation: 'set' }],
  takers: [
    { name: /^(shouldBe|should|assert|assertEquals|contain|mustBe|must|expect)/, is: 'neither' },
    { name: /^(addHttpHeaders|withHttpHeaders|withHeaders|headers)$/, on: clients, is: 'request' },
    { name: /^FakeRequest$/, is: 'request' },
    { name: /^(withHeaders|putHeaders|addHeaders|Response)$/, is: 'writes' },
  ],
  requests: /(^|\.)(ws|wsClient|client|request|req)\.(headers|url\(.*\))$/i,
  headersObject: /(^|\.)(headers|headerMap|responseHeaders)$/i,
  constants: ['HeaderNames', 'HttpHeaders', 'HttpHeaderNames', 'Fields'],
  named: /\b(?:[A-Z]\w*\s*\.\s*)?(?:ACCESS_CONTROL_[A-Z_]+|AccessControl\w+|VARY)\b/g,
  headerTypes: /`(Access-Control-(?:Allow-(?:Origin|Credentials|Methods|Headers)|Expose-Headers|Max-Age))`(?=\s*[.(])/g,
  vary: [],
};

const answers: WaysOfAnswering = {
  route: routeOf,
  statuses: { before: /\b(?:Status|Results\.Status|status)\(\s*/ },
  isLostOnError: () => false,
};

const preflights: PreflightSigns = {
  readsJson: [{ body: /\b(parse\.json|body\.asJson|as\[Json\]|request\.as\[|entity\(as\[)/ }],
  routed: /\b(put|patch|delete)\s*[({]/,
  answered: /\boptions\b|\bOPTIONS\b|HttpMethods\.OPTIONS|Method\.OPTIONS|CORSFilter|\bcors\b/,
};

const notation: ProgramNotation = {
  quote: '"',
  list: (members) => `Set(${members.join(', ')})`,
  contains: (list, text) => `${list}.contains(${text})`,
  choice: (test, yes, no) => `if (${test}) ${yes} else ${no}`,
  constant: (name, value) => `val ${name} = ${value}`,
  listNames: ['allowedOrigins', 'corsAllowedOrigins'],
  condition: (test, statement, step) => [`if (${test}) {`, step + statement, '}'],
  end: '',
};

/** What a header stands in is a value that goes on, so that no statement can be put around it. */
const edits: HandlerEdits = {
  notation,
  checked: [],
  patternMethods: /^(matches|findFirstIn|r)$/,
  requestOrigin: () => undefined,
};

export const framework = defineHandlerFramework({
  id: 'scala-headers',
  title: 'Headers by hand (Scala)',
  documentation: 'https://developer.mozilla.org/docs/Web/HTTP/Guides/CORS',
  reads:
    '`withHeaders` of Play, `RawHeader` and `respondWithHeaders` of Pekko and Akka, `Header.Raw` and `putHeaders` of http4s',
  mentions: ['access-control-', 'access_control_'],
  languages: ['scala'],
  // A header may be a value with a type of its own, which no text can take the place of.
  refine: withoutEdits,
  language: { writes, answers, preflights, edits },
});

/** What the headers are written to answers a request, wherever it stands. */
function routeOf(handler: FunctionExpression): Route | undefined {
  const around: Node | undefined = handler.parent;
  const callee = around?.kind === 'call' ? around.callee.text : '';
  const isMiddleware =
    /(^|\.)(map|flatMap|apply|mapResponse|mapResponseHeaders|respondWithHeaders?|respondWithDefaultHeaders?)$/.test(
      callee,
    );
  return {
    scope: 'every request to this handler',
    when: always,
    optionsStatus: null,
    ...(isMiddleware && { isMiddleware }),
  };
}
