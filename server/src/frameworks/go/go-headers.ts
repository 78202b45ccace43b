/** CORS headers that Go programs write by hand: net/http, and the contexts of Gin, Echo, Fiber and Beego. */
import type { FunctionExpression, Program } from '../../syntax/programs/program.ts';
import { always } from '../../policy/request-test.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import { unusedImports } from '../../edits/go-literals.ts';
import { quoted } from '../../edits/program-edits.ts';
import type { ProgramNotation } from '../../edits/program-notation.ts';
import { defineHandlerFramework } from '../../models/handlers/define-handler-framework.ts';
import type { HandlerEdits, PreflightSigns, Route, WaysOfAnswering } from '../../models/handlers/handler-language.ts';
import { parameterOfType } from '../../models/handlers/handler-parts.ts';
import type { WaysOfWriting } from '../../models/handlers/ways-of-writing.ts';
import { missedPreflights } from './missed-preflights.ts';
import { registrationOf } from './registered-routes.ts';
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

const statusBefore = [
  /\b(?:WriteHeader|AbortWithStatus(?:JSON)?|JSON|NoContent|SendStatus|Status|NewHTTPError)\((?:[a-z]\w*,\s*)?/,
  // Behind a text.
  /\b(?:Error|AbortWithMsg)\((?:[^()\n]*,\s*)?/,
];

const answers: WaysOfAnswering = {
  route: routeOf,
  statuses: {
    before: new RegExp(statusBefore.map(({ source }) => source).join('|')),
    names: statusNames,
  },
  sends:
    /^(?:(\w+)\.(?:WriteHeader|Write)\(|(?:http\.(?:Error|Redirect|NotFound)|fmt\.Fprint\w*|io\.WriteString)\((?:\w+)\b)/,
  // A panic ends the connection, and what was written before it is not sent.
  isLostOnError: () => false,
};

const preflights: PreflightSigns = {
  readsJson: [{ body: /\bjson\.NewDecoder\(\s*\w+\.Body\s*\)|\.(ShouldBindJSON|BindJSON|Bind)\(/ }],
  routed: /\.(PUT|PATCH|DELETE)\(|"(?=(?:PUT|PATCH|DELETE) \/)(\w+)|\.(Put|Patch|Delete)\("\//,
  answered: /"OPTIONS["\s]|"options"|\bMethodOptions\b|\bcors\.|\.(?:OPTIONS|Options)\(/,
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
  const registered = registrationOf(handler, evaluator, program);
  if (registered !== undefined) return registered;
  return { scope: 'every request to this handler', when: always, optionsStatus: context ? null : 200 };
}

function middlewareRoute(handler: FunctionExpression, evaluator: Evaluator, program: Program): Route {
  const route = { scope: 'every request that it handles', isMiddleware: true } as const;
  const maker = evaluator.enclosingFunction(handler) ?? handler;
  const missed = missedPreflights(maker, { program, evaluator, language: signs });
  return missed === undefined
    ? { ...route, when: always, optionsStatus: null }
    : { ...route, ...missed, answersPreflights: false };
}

/** `next.ServeHTTP(w, r)`, `next(w, r)`, `c.Next()`. */
function handsOn({ range }: FunctionExpression, program: Program): boolean {
  return program.text.part(range.start, range.end).has(/\.ServeHTTP\(|\bnext\(|\.Next\(\)/);
}
