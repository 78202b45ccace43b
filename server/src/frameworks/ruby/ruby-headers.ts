/** CORS headers that Ruby programs write by hand: Rails, Sinatra, Grape, Rack. */
import type { Call, ClassExpression, FunctionExpression, Program } from '../../syntax/programs/program.ts';
import { always } from '../../policy/request-test.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import { quoted } from '../../edits/program-edits.ts';
import type { ProgramNotation } from '../../edits/program-notation.ts';
import { defineHandlerFramework } from '../../models/handlers/define-handler-framework.ts';
import type { HandlerEdits, PreflightSigns, Route, WaysOfAnswering } from '../../models/handlers/handler-language.ts';
import { classOf } from '../../models/handlers/handler-parts.ts';
import { aroundRoutes, everyRequest, routeOfRouter } from '../../models/handlers/routes.ts';
import type { WaysOfWriting } from '../../models/handlers/ways-of-writing.ts';

/** Senders of requests, by their usual names. */
const clients = /(^|\.|::)(HTTParty|Faraday|RestClient|Typhoeus|Excon|HTTP|Net|conn|connection|client|http)(\b.*)?$/i;

const writes: WaysOfWriting = {
  methods: [
    { name: /^(set_header|store)$/, operation: 'set' },
    { name: /^add_header$/, operation: 'append' },
    { name: /^(delete_header|delete)$/, operation: 'remove' },
    // Grape's own, within `before` and routes.
    { name: /^header$/, on: /^self$/, operation: 'set' },
  ],
  functions: [{ name: /^header$/, operation: 'set' }],
  takers: [
    { name: /^(assert|expect|eq|match|include)/, is: 'neither' },
    { name: /^(get|post|put|patch|delete|head|options|new|request|run_request)$/, on: clients, is: 'request' },
    { name: /^(merge!|update|headers|reverse_merge!)$/, is: 'writes' },
  ],
  requests: /(^|\.)(req|request|client|conn|connection|http)\.headers$/i,
  headersObject: /(^|\.)(headers|default_headers)$/i,
  // Grape's `header` without a name is the whole of them.
  ownAnswer: /^(response|headers?|self|)$/,
  vary: [],
};

const statuses = { ok: 200, created: 201, no_content: 204, unauthorized: 401, forbidden: 403, not_found: 404 };

const answers: WaysOfAnswering = {
  route: routeOf,
  statuses: { before: /\b(?:head|halt|status)[ (]+:?|\bstatus:\s*:?|\breturn\s*\[|^\s*\[/m, names: statuses },
  // Rails and Sinatra make a new response for an error that nobody rescues.
  isLostOnError: () => true,
};

const preflights: PreflightSigns = {
  readsJson: [{ body: /\bJSON\.parse\(\s*request\.body/ }],
  routed: /^\s*(put|patch|delete)[ (]+['"]/m,
  answered: /\boptions[ (]+['"]|\boptions\?|['"]OPTIONS['"]|:options\b|\bRack::Cors\b|\bcross_origin\b/,
};

const notation: ProgramNotation = {
  list: (members) => `[${members.join(', ')}]`,
  contains: (list, text) => `${list}.include?(${text})`,
  choice: (test, yes, no) => `${test} ? ${yes} : ${no}`,
  constant: (name, value) => `${name} = ${value}`,
  listNames: ['allowed_origins', 'cors_allowed_origins'],
  condition: (test, statement, step) => [`if ${test}`, step + statement, 'end'],
  end: '',
};

const edits: HandlerEdits = {
  notation,
  checked: ['call', 'assignment'],
  patternMethods: /^(match\??|=~|===)$/,
  requestOrigin(handler, _program, quote) {
    if (handler === undefined) return undefined;
    const isRack = handler.parameters.some(({ name }) => name === 'env');
    return `${isRack ? 'env' : 'request.env'}[${quoted('HTTP_ORIGIN', quote)}]`;
  },
};

export const framework = defineHandlerFramework({
  id: 'ruby-headers',
  title: 'Headers by hand (Ruby)',
  documentation: 'https://developer.mozilla.org/docs/Web/HTTP/Guides/CORS',
  reads:
    "`response.headers['…']`, `headers['…']`, `set_header`, Sinatra's `headers`, Grape's `header`, what Rack apps return",
  mentions: ['access-control-'],
  languages: ['ruby'],
  language: { writes, answers, preflights, edits },
});

function routeOf(handler: FunctionExpression, evaluator: Evaluator, program: Program): Route | undefined {
  const { parent } = handler;
  if (parent?.kind === 'call') return registeredRoute(handler, parent, evaluator, program);
  const home = classOf(handler);
  if (handler.name === 'call' && handler.parameters.length === 1) return everyRequest;
  if (home === undefined || !/Controller\b|\bAPI\b|Sinatra::/.test(home.superclass?.text ?? '')) return undefined;
  return isCallback(handler, home, program)
    ? { ...everyRequest, scope: 'every action of the controller' }
    : { scope: `the action ${handler.name ?? ''}`, when: always, optionsStatus: null };
}

/** `before_action :allow_cors`, `after_filter :allow_cors`. */
function isCallback({ name = '' }: FunctionExpression, { range }: ClassExpression, program: Program): boolean {
  const text = program.text.slice(range.start, range.end);
  return [...text.matchAll(/\b(?:before|after|around|prepend_before|append_after)_(?:action|filter)\b([^\n]*)/g)].some(
    ([, listed]) => new RegExp(`:${name.replaceAll(/[?!]/g, '\\$&')}(?![\\w?!])`).test(listed!),
  );
}

/** `get '/items' do … end` of Sinatra and Grape; `before do … end` runs around all of them. */
function registeredRoute(
  handler: FunctionExpression,
  call: Call,
  evaluator: Evaluator,
  program: Program,
): Route | undefined {
  const { callee } = call;
  const name = callee.kind === 'identifier' ? callee.name : '';
  if (/^(before|after)$/.test(name)) {
    const around = { ...everyRequest, scope: 'every route' };
    return program.text.has(/\bsinatra\b/i) ? aroundRoutes(around, program, preflights, 404) : around;
  }
  if (!/^(get|head|post|put|patch|delete|options)$/.test(name)) return undefined;
  const first = call.arguments[0]?.value;
  const given = first && first.range.start !== handler.range.start ? evaluator.evaluate(first) : undefined;
  const path = given?.kind === 'text' ? given.text : undefined;
  return routeOfRouter(name.toUpperCase(), path);
}
