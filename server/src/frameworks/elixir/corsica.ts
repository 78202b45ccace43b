/** Corsica, a plug and a router of plugs. See https://hexdocs.pm/corsica */
import type { Call, Node, Program } from '../../syntax/programs/program.ts';
import type { ProgramContext } from '../../models/framework.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { Found, FoundOptions, UseContext } from '../../models/libraries/define-cors-library.ts';
import { byRelease, differing } from '../../models/libraries/releases.ts';
import { dictEntry, isStar } from '../../values/dict-entry.ts';
import type { Dict, DictEntry, Value } from '../../values/value.ts';
import {
  callsWith,
  functionCalls,
  keywordsForm,
  optionsAt,
  withEntries,
  withWholeWords,
} from './plug-options/plug-calls.ts';
import { namedFunction } from './plug-options/origin-functions.ts';
import { inPlugOrder } from './plug-options/plug-order.ts';

/** As `corsica` 2.2.0 answers. */
const corsica: CorsLibrary = {
  options: {
    origin: ['origins'],
    credentials: ['allow_credentials'],
    methods: ['allow_methods'],
    allowedHeaders: ['allow_headers'],
    exposedHeaders: ['expose_headers'],
    maxAge: ['max_age'],
  },
  otherOptions: ['allow_private_network', 'passthrough_non_cors_requests', 'telemetry_metadata', 'log', 'host'],
  foreignNames: {
    origin: 'origins',
    credentials: 'allow_credentials',
    methods: 'allow_methods',
    headers: 'allow_headers',
    allowed_headers: 'allow_headers',
    allowed_methods: 'allow_methods',
    expose: 'expose_headers',
    exposed_headers: 'expose_headers',
  },
  origin: {
    missing: 'fails',
    text: 'compared',
    star: 'any',
    empty: 'nobody',
    true: 'unknown',
    false: 'unknown',
    nothing: 'nobody',
    pattern: 'search',
    list: 'members',
    emptyList: 'nobody',
    starInList: 'compared',
    patternInList: 'search',
    failure: 'the application does not compile: the :origins option is required',
    callback: { roles: ['context', 'origin'], answers: 'return', as: 'truthy', refusal: 'nobody' },
  },
  credentials: { default: false, on: 'truthy' },
  anyWithCredentials: 'reflect',
  vary: { any: false, sent: false, checked: 'allowed', notForOne: true },
  othersFor: 'allowed',
  needsOrigin: true,
  methods: { default: 'PUT,PATCH,DELETE', separator: ',', everyResponse: false, upperCase: true },
  allowedHeaders: {
    default: '',
    separator: ',',
    everyResponse: false,
    emptyIsDefault: false,
    vary: false,
    lowerCase: true,
  },
  exposedHeaders: { default: undefined, separator: ',', onPreflight: false },
  maxAge: { default: undefined, zero: true },
  preflight: {
    when: { kind: 'preflight' },
    status: 200,
    refused: 200,
    variesWhereAnswered: true,
    onlyListed: {
      methods: true,
      headers: ['accept', 'accept-language', 'content-language'],
      simpleMethods: ['GET', 'HEAD', 'POST'],
    },
  },
  privateNetwork: 'allow_private_network',
};

/** Before 2.0 names were separated by a blank too, and who wrote no origins let nobody in. */
const corsicaAt = byRelease(corsica, [
  {
    before: '2.0.0',
    differs: {
      origin: { missing: 'nobody', failure: undefined },
      methods: { default: 'PUT, PATCH, DELETE', separator: ', ' },
      allowedHeaders: { separator: ', ' },
      exposedHeaders: { separator: ', ' },
    },
  },
  { before: '1.1.3', differs: { vary: { notForOne: false } } },
]);

const functions = /^(put_cors_simple_resp_headers|put_cors_preflight_resp_headers|send_preflight_resp)$/;

export const framework = defineCorsLibrary({
  id: 'corsica',
  title: 'Corsica',
  documentation: 'https://hexdocs.pm/corsica',
  reads:
    '`plug Corsica, origins: …`, `use Corsica.Router` with each `resource`, calls of its functions; patterns and functions',
  mentions: ['corsica'],
  languages: ['elixir'],
  uses: [
    {
      packageName: 'corsica',
      options: found,
      table: tableOf,
      refine: (policy, _found, { program }) => withWholeWords(policy, program),
    },
  ],
});

function found(program: Program, context: ProgramContext): Found {
  const plugs = callsWith('plug', 'Corsica', program).map((call) => inPlugOrder(optionsAt(call, 1, context), program));
  const calls = functionCalls('Corsica', functions, program).map((call) =>
    optionsAt(call, Math.max(1, call.arguments.length - 1), context),
  );
  const routers = callsWith('use', 'Corsica.Router', program).flatMap((call) => resourcesOf(call, program, context));
  const all = [...plugs, ...calls, ...routers];
  return { options: all.map((one) => withEntries(one, (entry) => meant(entry, program, context))) };
}

/** Each `resource` of a router has the router's options, and its own in their place. */
function resourcesOf(router: Call, program: Program, context: ProgramContext): FoundOptions[] {
  const common = optionsAt(router, 1, context);
  const home = moduleAround(router);
  const own = program
    .identifiers('resource')
    .flatMap(({ parent }) => (parent?.kind === 'call' && moduleAround(parent) === home ? [parent] : []));
  return own.map((call): FoundOptions => {
    const { place, reach } = optionsAt(call, 1, context);
    const path = call.arguments[0] && context.evaluator.evaluate(call.arguments[0].value);
    const scope = path?.kind !== 'text' ? 'some paths' : path.text === '/*' ? 'every route' : `paths like ${path.text}`;
    const value = merged(common.place.value, place.value, call.range);
    return { call, scope, ...(reach && { reach }), place: { ...place, form: keywordsForm, value } };
  });
}

function moduleAround(call: Call): number | undefined {
  for (let node: Node | undefined = call.parent; node; node = node.parent)
    if (node.kind === 'class') return node.range.start;
  return undefined;
}

function merged(common: Value | undefined, own: Value | undefined, range: Dict['range']): Value | undefined {
  if (own === undefined) return common;
  if (common === undefined || own.kind !== 'dict') return own;
  if (common.kind !== 'dict') return { kind: 'unknown', range };
  const kept = common.entries.filter(({ key }) => !own.entries.some((entry) => entry.key === key));
  return { kind: 'dict', entries: [...kept, ...own.entries], open: common.open || own.open, range };
}

/** A tuple names a function; `:all` among lists of names is whatever is asked for. */
function meant(entry: DictEntry, program: Program, context: ProgramContext): DictEntry {
  const { key, value } = entry;
  if (key === 'origins') return { ...entry, value: withFunctions(value, program, context) };
  const isAll = value.kind === 'text' && value.expression?.text === ':all';
  return isAll ? { ...entry, value: { ...value, text: '*' } } : entry;
}

function withFunctions(value: Value, program: Program, context: ProgramContext): Value {
  const named = namedFunction(value, program, context);
  if (named) return named;
  if (value.kind !== 'list') return value;
  return { ...value, items: value.items.map((item) => namedFunction(item, program, context) ?? item) };
}

function tableOf(
  version: string | undefined,
  { call, place: { value } }: FoundOptions,
  { program }: UseContext,
): CorsLibrary {
  let table = corsicaAt(version);
  // A router has a route for OPTIONS, which says nothing where that is no preflight.
  if (call?.callee.text === 'resource') table = differing(table, { preflight: { otherOptions: 'nothing' } });
  if (isStar(value, 'allow_methods'))
    table = differing(table, { methods: { default: 'requested', starIsDefault: true } });
  if (isStar(value, 'allow_headers'))
    table = differing(table, { allowedHeaders: { default: 'requested', starIsDefault: true } });
  const origins = dictEntry(value, 'origins');
  const written = origins && program.text.slice(origins.value.range.start, origins.value.range.end);
  // `{module, function}` is handed the origin alone.
  if (written !== undefined && /^\{[^,]*,[^,]*\}$/.test(written))
    table = differing(table, { origin: { callback: { ...table.origin.callback!, roles: ['origin'] } } });
  return table;
}
