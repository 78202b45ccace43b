/** CORS headers that Elixir programs write by hand: plugs, controllers and routers of Plug and Phoenix, handlers of Cowboy. */
import type { Call, FunctionExpression, Program } from '../../syntax/programs/program.ts';
import { always, not, optionsMethod } from '../../policy/request-test.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import type { ProgramNotation } from '../../edits/program-notation.ts';
import { defineHandlerFramework } from '../../models/handlers/define-handler-framework.ts';
import type { HandlerEdits, PreflightSigns, Route, WaysOfAnswering } from '../../models/handlers/handler-language.ts';
import { callAround, classOf } from '../../models/handlers/handler-parts.ts';
import { aroundRoutes, everyRequest, routeOfRouter } from '../../models/handlers/routes.ts';
import type { WaysOfWriting } from '../../models/handlers/ways-of-writing.ts';

/** Senders of requests. */
const clients = /^(HTTPoison|Tesla|Req|Finch|Mint\.HTTP|HTTPotion|Mojito|:?hackney|:?httpc)\b/;

const writes: WaysOfWriting = {
  methods: [{ name: /^set_resp_header$/, on: /^:cowboy_req$/, operation: 'set' }],
  functions: [
    { name: /^(put|update)_resp_header$/, operation: 'set', position: 1 },
    { name: /^delete_resp_header$/, operation: 'remove', position: 1 },
    { name: /^put_req_header$/, operation: 'set', position: 1, direction: 'request' },
  ],
  takers: [
    { name: /^(merge|prepend)_resp_headers$/, is: 'writes' },
    { name: /^(reply|stream_reply)$/, on: /^:cowboy_req$/, is: 'response' },
    { name: /^set_resp_headers$/, on: /^:cowboy_req$/, is: 'writes' },
    { name: /^merge_req_headers$/, is: 'request' },
    { name: /./, on: clients, is: 'request' },
    { name: /^(assert|assert_in_delta|refute|expect)$/, is: 'neither' },
  ],
  requests: /\breq_headers$/,
  headersObject: /\bresp_headers$/,
  vary: [],
};

const names = {
  ok: 200,
  created: 201,
  accepted: 202,
  no_content: 204,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
};

const answers: WaysOfAnswering = {
  route: routeOf,
  statuses: { before: /\b(?:send_resp|resp|put_status|send_file)[ (]+(?:\w+\s*,\s*)?:?/, names },
  // What an error makes of the connection is known where it is rescued only; Phoenix renders it with the headers that are there.
  isLostOnError: () => false,
};

const preflights: PreflightSigns = {
  readsJson: [],
  routed: /^\s*(put|patch|delete)[ (]+"/m,
  answered: /"OPTIONS"|\boptions[ (]+"|:options\b|\bCORSPlug\b|\bCorsica\b|\bmatch[ (]+_/,
};

const notation: ProgramNotation = {
  quote: '"',
  list: (members) => `[${members.join(', ')}]`,
  contains: (list, text) => `${text} in ${list}`,
  choice: () => undefined,
  constant: (name, value) => `${name} = ${value}`,
  listNames: ['allowed_origins', 'cors_allowed_origins'],
  condition: (test, statement, step) => [`if ${test} do`, step + statement, 'end'],
  end: '',
};

const edits: HandlerEdits = {
  notation,
  // A header is a step of a pipe, and a check around it would have to give the connection otherwise.
  checked: [],
  patternMethods: /^(=~|match\?)$/,
  requestOrigin: () => undefined,
};

export const framework = defineHandlerFramework({
  id: 'elixir-headers',
  title: 'Headers by hand (Elixir)',
  documentation: 'https://hexdocs.pm/plug/Plug.Conn.html#put_resp_header/3',
  reads:
    '`put_resp_header`, `merge_resp_headers`, `register_before_send` in plugs, routers and controllers, with the patterns around them',
  mentions: ['access-control-'],
  languages: ['elixir'],
  language: { writes, answers, preflights, edits },
});

function routeOf(handler: FunctionExpression, evaluator: Evaluator, program: Program): Route | undefined {
  const call = callAround(handler);
  if (call) return registeredRoute(call, evaluator);
  const { name = '', parameters } = handler;
  const isPlug = (name === 'call' && parameters.length === 2) || isPlugged(name, program);
  // The plugs of a router of Phoenix run where a route matches.
  if (isPlug)
    return program.text.has(/\bpipe_through\b/) ? aroundRoutes(everyRequest, program, preflights, 404) : everyRequest;
  const home = classOf(handler);
  if (home === undefined || parameters.length !== 2 || !/Controller$/.test(home.name ?? '')) return undefined;
  return { scope: `the action ${name}`, when: not(optionsMethod), optionsStatus: 404 };
}

/** `plug :cors`, `plug :cors when action in [:index]`. */
function isPlugged(name: string, { text }: Program): boolean {
  return text.has(new RegExp(`\\bplug[ (]+:${name.replaceAll(/[?!]/g, '\\$&')}(?![\\w?!])`));
}

/** `get "/items" do … end` of a router of plugs, and what is registered to run before the answer goes out. */
function registeredRoute(call: Call, evaluator: Evaluator): Route | undefined {
  const name = call.callee.kind === 'identifier' ? call.callee.name : '';
  if (name === 'register_before_send') return everyRequest;
  if (!/^(get|head|post|put|patch|delete|options|match|forward)$/.test(name)) return undefined;
  const first = call.arguments[0]?.value;
  const given = first?.kind === 'string' ? evaluator.evaluate(first) : undefined;
  const path = given?.kind === 'text' ? given.text : undefined;
  if (name === 'match')
    return {
      scope: path === undefined ? 'every other route' : `requests for ${path}`,
      when: always,
      optionsStatus: 200,
    };
  return routeOfRouter(name.toUpperCase(), path);
}
