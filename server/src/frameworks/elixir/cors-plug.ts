/** The plug `CORSPlug` of the package cors_plug. See https://hexdocs.pm/cors_plug */
import type { Program } from '../../syntax/programs/program.ts';
import type { HeaderRule, Policy } from '../../policy/policy.ts';
import { all, optionsMethod, some } from '../../policy/request-test.ts';
import type { ProgramContext } from '../../models/framework.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { Found, FoundOptions, UseContext } from '../../models/libraries/define-cors-library.ts';
import { varyOrigin } from '../../models/libraries/grants.ts';
import { byRelease, differing, isBefore } from '../../models/libraries/releases.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { DictEntry, Value } from '../../values/value.ts';
import { configuredOptions, isConfigured } from './plug-options/configuration.ts';
import { inPlugOrder } from './plug-options/plug-order.ts';
import { callsWith, optionsAt, withEntries, withWholeWords } from './plug-options/plug-calls.ts';

const defaultHeaders = [
  'Authorization',
  'Content-Type',
  'Accept',
  'Origin',
  'User-Agent',
  'DNT',
  'Cache-Control',
  'X-Mx-ReqToken',
  'Keep-Alive',
  'X-Requested-With',
  'If-Modified-Since',
  'X-CSRF-Token',
].join(',');

/** As cors_plug 3.0.3 answers: credentials are on by default. */
const corsPlug: CorsLibrary = {
  options: {
    origin: ['origin'],
    credentials: ['credentials'],
    methods: ['methods'],
    allowedHeaders: ['headers'],
    exposedHeaders: ['expose'],
    maxAge: ['max_age'],
  },
  otherOptions: ['send_preflight_response?'],
  foreignNames: {
    origins: 'origin',
    allow_origin: 'origin',
    allowed_origins: 'origin',
    allow_credentials: 'credentials',
    supports_credentials: 'credentials',
    allow_methods: 'methods',
    allowed_methods: 'methods',
    allow_headers: 'headers',
    allowed_headers: 'headers',
    expose_headers: 'expose',
    exposed_headers: 'expose',
    maxage: 'max_age',
  },
  origin: {
    missing: 'any',
    text: 'compared',
    star: 'any',
    empty: 'nobody',
    // `:self` is read as true: everybody gets the own origin.
    true: 'reflect',
    false: 'unknown',
    nothing: 'nobody',
    pattern: 'search',
    list: 'members',
    emptyList: 'nobody',
    starInList: 'others',
    patternInList: 'search',
    starWithoutOrigin: true,
    callback: { roles: ['request'], answers: 'return', as: 'option', refusal: 'nobody' },
  },
  credentials: { default: true, on: 'truthy' },
  anyWithCredentials: 'literal',
  vary: { any: false, sent: false, checked: 'allowed' },
  othersFor: 'everybody',
  needsOrigin: false,
  methods: { default: 'GET,POST,PUT,PATCH,DELETE,OPTIONS', separator: ',', everyResponse: false },
  allowedHeaders: {
    default: defaultHeaders,
    separator: ',',
    everyResponse: false,
    emptyIsDefault: false,
    vary: false,
    text: 'fails',
  },
  exposedHeaders: { default: '', separator: ',', onPreflight: true },
  maxAge: { default: '1728000', zero: true },
  preflight: {
    when: { kind: 'preflight' },
    status: 204,
    refused: 204,
    otherOptions: 'nothing',
    variesWhereAnswered: true,
  },
};

/** Before 3.0 it answered every OPTIONS; before 2.0 who is refused got the origin `null`. */
const corsPlugAt = byRelease(corsPlug, [
  {
    before: '3.0.0',
    differs: { preflight: { when: optionsMethod, otherOptions: undefined } },
  },
  { before: '2.0.1', differs: { origin: { patternInList: 'nobody' } } },
  {
    before: '2.0.0',
    differs: { origin: { unlisted: 'null' }, vary: { checked: 'always' } },
  },
  { before: '1.4.0', differs: { origin: { starInList: 'any-single' } } },
  { before: '1.2.1', differs: { vary: { checked: 'never' } } },
]);

export const framework = defineCorsLibrary({
  id: 'cors-plug',
  title: 'cors_plug',
  documentation: 'https://hexdocs.pm/cors_plug',
  reads:
    '`plug CORSPlug, origin: …` in endpoints, routers and pipelines, `config :cors_plug`; patterns, functions, `:self`',
  mentions: ['corsplug', 'cors_plug'],
  languages: ['elixir'],
  uses: [
    { packageName: 'cors_plug', options: plugs, table: tableOf, refine: asSent },
    { packageName: 'cors_plug', options: configured, table: tableOf, refine: asSent },
  ],
});

/** Where the application's configuration has the options, these say who gets in. */
function plugs(program: Program, context: ProgramContext): Found {
  const found = callsWith('plug', 'CORSPlug', program).map((call) => inPlugOrder(optionsAt(call, 1, context), program));
  const isElsewhere = found.length > 0 && isConfigured('cors_plug', 'origin', context);
  return {
    options: found.filter(({ place }) => !isElsewhere || dictEntry(place.value, 'origin')).map(withMeaning),
  };
}

function configured(program: Program, context: ProgramContext): Found {
  return { options: configuredOptions('cors_plug', 'origin', program, context).map(withMeaning) };
}

function withMeaning(found: FoundOptions): FoundOptions {
  return withEntries(found, (entry) => (entry.key === 'origin' ? meant(entry) : entry));
}

/** `:self` and `[:self]`: whoever asks. */
function meant(entry: DictEntry): DictEntry {
  const { value } = entry;
  const [only, other] = value.kind === 'list' ? value.items : [value];
  const isSelf = only !== undefined && other === undefined && isAtom(only, ':self');
  return isSelf ? { ...entry, value: { kind: 'boolean', value: true, range: value.range } } : entry;
}

function isAtom({ expression }: Value, atom: string): boolean {
  return expression?.text === atom;
}

function tableOf(version: string | undefined, { place: { value } }: FoundOptions): CorsLibrary {
  const table = corsPlugAt(version);
  const headers = dictEntry(value, 'headers')?.value;
  const [only, other] = headers?.kind === 'list' ? headers.items : [];
  const isStar = only?.kind === 'text' && only.text === '*' && other === undefined;
  const answers = dictEntry(value, 'send_preflight_response?')?.value;
  const isLeft = answers?.kind === 'boolean' && !answers.value;
  const asked = isStar ? differing(table, { allowedHeaders: { default: 'requested', starIsDefault: true } }) : table;
  return isLeft ? differing(asked, { preflight: { status: null, refused: null } }) : asked;
}

/** What stands beside the allowed origin is sent where that is. */
function asSent(policy: Policy, _found: FoundOptions, { program, version }: UseContext): Policy {
  return withWholeWords({ ...policy, headers: sentHeaders(policy, version) }, program);
}

/** Names of headers that are sent beside the allowed origin. */
const beside = /^access-control-(allow-credentials|expose-headers)$/;

function sentHeaders(
  { headers, settings: { credentials } }: Policy,
  version: string | undefined,
): readonly HeaderRule[] {
  const origins = headers.filter(({ name }) => name === 'access-control-allow-origin');
  const named = some(origins.map(({ when }) => when));
  const written = headers.map((rule) => (beside.test(rule.name) ? { ...rule, when: all([rule.when, named]) } : rule));
  const isVaried = headers.some(({ name }) => name === 'vary') || isBefore(version ?? '', '1.2.1');
  // Among others a `*` is for those who fit none of them.
  const varied = isVaried ? [] : origins.filter(({ value }) => value.kind === 'request-origin');
  // Before 3.0 the value was sent whatever it was.
  const isText = credentials.value === false && isBefore(version ?? '', '3.0.0');
  const { range } = credentials;
  return [
    ...written,
    ...varied.map((rule) => varyOrigin(rule.when, rule.range)),
    ...(isText
      ? [
          {
            name: 'access-control-allow-credentials',
            operation: 'set',
            value: { kind: 'text', text: 'false' },
            when: named,
            range,
          } as const,
        ]
      : []),
  ];
}
