/** CORS headers that Go programs write by hand: net/http, and the contexts of Gin, Echo, Fiber and Beego. */
import type { FunctionExpression, Program } from '../../syntax/programs/program.ts';
import { always, not, optionsMethod } from '../../policy/request-test.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import { unusedImports } from '../../edits/go-literals.ts';
import { quoted } from '../../edits/program-edits.ts';
import type { ProgramNotation } from '../../edits/program-notation.ts';
import { defineHandlerFramework } from '../../models/handlers/define-handler-framework.ts';
import type { HandlerEdits, PreflightSigns, Route, WaysOfAnswering } from '../../models/handlers/handler-language.ts';
import { parameterOfType } from '../../models/handlers/handler-parts.ts';
import type { WaysOfWriting } from '../../models/handlers/ways-of-writing.ts';
import { missedPreflights } from './mux-routes.ts';
import { isBesideOrigins } from './go-zero-cors.ts';

const writes: WaysOfWriting = {
  methods: [
    // What a client sends.
    { name: /^(Set|Add)$/, on: /(^|\.)(r|rq|req|request)\.Header$/i, operation: 'set', direction: 'request' },
    { name: /^(Add|Append)$/, operation: 'append' },
    { name: /^Del$/, operation: 'remove' },
    // `w.Header().Set`, `c.Header` of Gin, and `ctx.Output.Header` of Beego.
    { name: /^(Set|Header)$/, operation: 'set' },
  ],
  functions: [],
  takers: [],
  requests: /(^|\.)(r|rq|req|request)\.Header$/i,
  headersObject: /\.Header\(\)$|^h$|headers?$/i,
  // Constants of Echo, Fiber and fasthttp, and of packages that hold nothing else.
  named: /\b\w+\s*\.\s*(?:Header)?(?:AccessControl(?:Allow|Expose|Max)\w+|Vary)\b/g,
  // `c.Vary("Origin")` of Fiber.
  vary: [{ name: /^Vary$/ }],
};

const statusNames = {
  StatusOK: 200,
  StatusNoContent: 204,
  StatusBadRequest: 400,
  StatusUnauthorized: 401,
  StatusForbidden: 403,
  StatusNotFound: 404,
  StatusMethodNotAllowed: 405,
};

const answers: WaysOfAnswering = {
  route: routeOf,
  statuses: {
    before:
      /\b(?:WriteHeader|AbortWithStatus(?:JSON)?|JSON|NoContent|SendStatus|Status|Error|NewHTTPError)\((?:[^()\n]*,\s*)?/,
    names: statusNames,
  },
  sends:
    /^(?:(\w+)\.(?:WriteHeader|Write)\(|(?:http\.(?:Error|Redirect|NotFound)|fmt\.Fprint\w*|io\.WriteString)\((?:\w+)\b)/,
  // A panic ends the connection, and what was written before it is not sent.
  isLostOnError: () => false,
};

const preflights: PreflightSigns = {
  readsJson: [{ body: /\bjson\.NewDecoder\(\s*\w+\.Body\s*\)|\.(ShouldBindJSON|BindJSON|Bind)\(/ }],
  routed: /\.(PUT|PATCH|DELETE)\(|"(?=(?:PUT|PATCH|DELETE) \/)(\w+)/,
  answered: /"OPTIONS["\s]|\bMethodOptions\b|\bcors\.|\.OPTIONS\(/,
};

/** What is to know of answers to tell whether a preflight is refused. */
export const signs = { answers, preflights };

const notation: ProgramNotation = {
  quote: '"',
  // A map needs no import, where a search in a list does.
  list: (members) => `map[string]bool{${members.map((member) => `${member}: true`).join(', ')}}`,
  contains: (list, text) => `${list}[${text}]`,
  choice: () => undefined,
  constant: (name, value) => `${name} := ${value}`,
  listNames: ['allowedOrigins', 'corsAllowedOrigins'],
  condition: (test, statement, step) => [`if ${test} {`, step + statement, '}'],
  end: '',
  leftOver: unusedImports,
};

const edits: HandlerEdits = {
  notation,
  checked: ['call', 'assignment'],
  patternMethods: /^(MatchString|Match)$/,
  requestOrigin(handler, _program, quote) {
    const request = parameterOfType(handler, /(^|\.)Request$/)?.name;
    if (request !== undefined) return `${request}.Header.Get(${quoted('Origin', quote)})`;
    const context = parameterOfType(handler, /^gin\.Context$/)?.name;
    return context === undefined ? undefined : `${context}.GetHeader(${quoted('Origin', quote)})`;
  },
  varyStatement({ receiver, via }, handler, _program, quote) {
    if (receiver === undefined || via === 'Header') return undefined;
    // The context of Fiber has no `Add`.
    if (receiver.text === parameterOfType(handler, /^fiber\.Ctx$/)?.name)
      return `${receiver.text}.Vary(${quoted('Origin', quote)})`;
    return `${receiver.text}.Add(${quoted('Vary', quote)}, ${quoted('Origin', quote)})`;
  },
};

export const framework = defineHandlerFramework({
  id: 'go-headers',
  title: 'Headers by hand (Go)',
  documentation: 'https://pkg.go.dev/net/http#Header',
  reads:
    '`w.Header().Set`, `.Add`, `.Del`, `w.Header()["…"] = …`, Gin’s `c.Header`, Fiber’s `c.Set`, Echo, fasthttp, Beego, ' +
    'answers of AWS Lambda, with the conditions around them',
  mentions: ['access-control-', 'accesscontrolallow'],
  languages: ['go'],
  language: { writes, answers, preflights, edits },
  isOurs: ({ node }) => !isBesideOrigins(node),
});

/** `func(w http.ResponseWriter, r *http.Request)`, and `func(c *gin.Context)`. */
function routeOf(handler: FunctionExpression, evaluator: Evaluator, program: Program): Route | undefined {
  const [request, writer] = [
    parameterOfType(handler, /^http\.Request$/),
    parameterOfType(handler, /^http\.ResponseWriter$/),
  ];
  const context = parameterOfType(handler, /^(gin\.Context|echo\.Context|fiber\.Ctx|fasthttp\.RequestCtx)$/);
  if ((request === undefined || writer === undefined) && context === undefined) return undefined;
  if (handsOn(handler, program)) return middlewareRoute(handler, evaluator, program);
  const registered = registration(handler, evaluator);
  if (registered !== undefined) return registered;
  return { scope: 'every request to this handler', when: always, optionsStatus: context ? null : 200 };
}

function middlewareRoute(handler: FunctionExpression, evaluator: Evaluator, program: Program): Route {
  const route = { scope: 'every request that it handles', isMiddleware: true } as const;
  const maker = evaluator.enclosingFunction(handler) ?? handler;
  const unanswered = missedPreflights(maker, program, evaluator);
  return unanswered === undefined
    ? { ...route, when: always, optionsStatus: null }
    : { ...route, when: not(optionsMethod), optionsStatus: 405, answersPreflights: false, unanswered };
}

/** `next.ServeHTTP(w, r)`, `next(w, r)`, `c.Next()`. */
function handsOn({ range }: FunctionExpression, program: Program): boolean {
  return program.text.part(range.start, range.end).has(/\.ServeHTTP\(|\bnext\(|\.Next\(\)/);
}

/** `mux.HandleFunc("PUT /items", …)`, `router.PUT("/items", …)`. */
function registration(handler: FunctionExpression, evaluator: Evaluator): Route | undefined {
  const call = handler.parent;
  if (call?.kind !== 'call' || call.callee.kind !== 'member') return undefined;
  const first = call.arguments[0] && evaluator.evaluate(call.arguments[0].value);
  if (first?.kind !== 'text') return undefined;
  const isRouter = /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/.test(call.callee.property);
  const [, ownMethod, path] = /^(?:([A-Z]+) +)?(\S*)$/.exec(first.text) ?? [];
  const method = isRouter ? call.callee.property : ownMethod;
  const scope = method === undefined ? `requests for ${path}` : `${method} ${path}`;
  if (method === undefined) return { scope, path, when: always, optionsStatus: 200 };
  // A pattern with a method answers no other: the mux says 405.
  return {
    scope,
    path,
    methods: [method],
    when: method === 'OPTIONS' ? optionsMethod : not(optionsMethod),
    optionsStatus: method === 'OPTIONS' ? 200 : isRouter ? 404 : 405,
    unanswered: 'no route answers OPTIONS beside it',
  };
}
