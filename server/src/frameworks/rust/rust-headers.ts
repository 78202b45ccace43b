/** CORS headers that Rust programs write by hand: axum, actix-web, Rocket, hyper, warp, poem, salvo, tiny_http. */
import type { FunctionExpression, Program } from '../../syntax/programs/program.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import type { ProgramNotation } from '../../edits/program-notation.ts';
import { defineHandlerFramework } from '../../models/handlers/define-handler-framework.ts';
import type { HandlerEdits, PreflightSigns, Route, WaysOfAnswering } from '../../models/handlers/handler-language.ts';
import { callAround, parameterOfType } from '../../models/handlers/handler-parts.ts';
import { everyRequest, routeOfMethods, routeOfPath } from '../../models/handlers/routes.ts';
import type { WaysOfWriting } from '../../models/handlers/ways-of-writing.ts';
import { withoutEdits } from '../../models/libraries/without-edits.ts';

const clients = /(^|[.:])(client|reqwest|ureq|surf|isahc|agent|http_client)\b|Request::builder\(|\bTestRequest::/;

const writes: WaysOfWriting = {
  methods: [
    {
      name: /^(header|insert_header|append_header|set|headers|with_header)$/,
      on: clients,
      operation: 'set',
      direction: 'request',
    },
    // `Header::new(name, value)` of Rocket, `Header::from_bytes(name, value)` of tiny_http.
    { name: /^(new|from_bytes)$/, on: /(^|::)(Raw)?Header$/, operation: 'set' },
    { name: /^(overriding|if_not_present)$/, operation: 'set' },
    { name: /^(appending|append|append_header|add_header|adjoin_raw_header|adjoin_raw)$/, operation: 'append' },
    { name: /^(remove|remove_header)$/, operation: 'remove' },
    // `warp::reply::with_header(reply, name, value)`.
    { name: /^with_header$/, on: /(^|::)reply$/, operation: 'set', position: 1 },
    {
      name: /^(insert|insert_header|set|set_header|set_raw_header|set_raw|raw_header|with_header|add)$/,
      operation: 'set',
    },
    // Of builders, which add to what is there.
    { name: /^header$/, on: /^warp::reply::with$|^with$/, operation: 'set' },
    { name: /^header$/, operation: 'append' },
  ],
  functions: [{ name: /^with_header$/, operation: 'set', position: 1 }],
  takers: [
    { name: /^(assert|assert_eq|assert_ne|eq)$/, is: 'neither' },
    { name: /^(headers|default_headers)$/, on: clients, is: 'request' },
  ],
  requests: /(^|\.)(req|request|client)(\.headers_mut\(\))?$/i,
  headersObject: /(^|\.)(\w*headers|headers_mut\(\))$/i,
  constants: ['header'],
  named: /\b[A-Z0-9_]*(?:ORIGIN|CREDENTIALS|METHODS|HEADERS|AGE|VARY)\b/g,
  vary: [],
};

const statusNames = {
  OK: 200,
  Ok: 200,
  NO_CONTENT: 204,
  NoContent: 204,
  BAD_REQUEST: 400,
  BadRequest: 400,
  UNAUTHORIZED: 401,
  Unauthorized: 401,
  FORBIDDEN: 403,
  Forbidden: 403,
  NOT_FOUND: 404,
  NotFound: 404,
  METHOD_NOT_ALLOWED: 405,
  MethodNotAllowed: 405,
};

const answers: WaysOfAnswering = {
  route: routeOf,
  statuses: { before: /\b(?:StatusCode|HttpResponse|Status)::|\.status\(/, names: statusNames },
  isLostOnError: () => false,
};

const preflights: PreflightSigns = {
  readsJson: [{ body: /\bJson</ }],
  routed: /#\[(put|patch|delete)\(|\b(put|patch|delete)\(\s*\w+\s*\)/,
  answered: /\bOPTIONS\b|"OPTIONS"|#\[options\b|\boptions\(|\bOptions\b|\bCors\b|\bCorsLayer\b|\bcors\(/,
};

/** What is to know of answers to tell whether a preflight is refused. */
export const signs = { answers, preflights };

const notation: ProgramNotation = {
  quote: '"',
  list: (members) => `[${members.join(', ')}]`,
  contains: (list, text) => `${list}.contains(&${text})`,
  choice: (test, yes, no) => `if ${test} { ${yes} } else { ${no} }`,
  constant: (name, value) => `let ${name} = ${value};`,
  listNames: ['allowed_origins', 'cors_allowed_origins'],
  condition: (test, statement, step) => [`if ${test} {`, step + statement, '}'],
  end: ';',
};

const edits: HandlerEdits = {
  notation,
  checked: [],
  patternMethods: /^is_match$/,
  requestOrigin: () => undefined,
};

export const framework = defineHandlerFramework({
  id: 'rust-headers',
  title: 'Headers by hand (Rust)',
  documentation: 'https://docs.rs/http/latest/http/header/struct.HeaderMap.html',
  reads:
    '`headers_mut().insert`, `Response::builder().header`, `insert_header`, Rocket’s `Header::new`, what axum’s handlers ' +
    'return, with the conditions around them',
  mentions: ['access-control-', 'access_control_'],
  languages: ['rust'],
  language: { writes, answers, preflights, edits },
  // Which type a value has where it stands, and what is imported for it, no edit knows.
  refine: withoutEdits,
});

function routeOf(handler: FunctionExpression, evaluator: Evaluator, program: Program): Route | undefined {
  if (isAround(handler, program)) return { ...everyRequest, ...refusedByAxum(program) };
  return attributeRoute(handler, evaluator) ?? registeredRoute(handler, program) ?? routeOfPath(undefined, null);
}

/** What runs around the handlers: a fairing of Rocket, a middleware of axum, actix or salvo. */
function isAround(handler: FunctionExpression, program: Program): boolean {
  if (handler.name === 'on_response' || parameterOfType(handler, /(^|::)Next\b|\bServiceRequest\b/)) return true;
  const call = callAround(handler);
  const name = call?.callee.kind === 'member' ? call.callee.property : '';
  return (
    /^(map_response|wrap_fn|on_response|from_fn|middleware|after|around)$/.test(name) ||
    program.text.part(handler.range.start, handler.range.end).has(/\bnext\.(run|call)\(|\.call_next\(/)
  );
}

/** As axum 0.8 was seen to answer: it refuses a method for which a path has no handler, and what runs around it adds to that. */
function refusedByAxum({ imports, text }: Program): Partial<Route> {
  const isAxum = imports.some(({ module }) => /^axum\b/.test(module)) && text.has(/\bRouter::new\(/);
  const isBound = isAxum && text.has(/\b(?:post|put|patch|delete)\(/) && !text.has(takesOptions);
  const why = 'All routes are bound to methods, OPTIONS is none of them, and axum answers it with 405';
  return isBound ? { optionsStatus: 405, answersPreflights: false, unanswered: why } : {};
}

/** What may take OPTIONS, and routes that may stand in another file. */
const takesOptions = new RegExp(
  [
    /\bOPTIONS\b|\bCors|\b(?:options|any|on)\(|\.(?:fallback|nest|merge)(?:_service)?\(|\.route_service\(/,
    /\.route\((?![^()]*,\s*(?:\w+::)*(?:get|post|put|patch|delete)\()/,
  ]
    .map(({ source }) => source)
    .join('|'),
);

const methodNames = /^(get|head|post|put|patch|delete|options)$/;

/** `#[get("/items")]` of actix and Rocket. */
function attributeRoute(handler: FunctionExpression, evaluator: Evaluator): Route | undefined {
  for (const decorator of handler.decorators) {
    const call = decorator.kind === 'call' ? decorator : undefined;
    const method = /(\w+)$/.exec((call?.callee ?? decorator).text)?.[1];
    if (method === undefined || !methodNames.test(method)) continue;
    const first = call?.arguments[0] && evaluator.evaluate(call.arguments[0].value);
    return routeOfMethods([method.toUpperCase()], first?.kind === 'text' ? first.text : undefined);
  }
  return undefined;
}

/** `.route("/items", get(items))`, `web::put().to(items)`. */
function registeredRoute({ name }: FunctionExpression, program: Program): Route | undefined {
  if (name === undefined) return undefined;
  const handled = `(?:\\w+::)*${name}\\b`;
  const pattern = new RegExp(
    `\\b(get|head|post|put|patch|delete|options)\\(\\s*(?:${handled}\\s*\\)|\\)\\s*\\.to\\(\\s*${handled})`,
    'g',
  );
  const methods = [...program.text.matchAll(pattern)].map(([, method]) => method!.toUpperCase());
  const [only, other] = [...new Set(methods)];
  return only === undefined || other !== undefined ? undefined : routeOfMethods([only], undefined);
}
