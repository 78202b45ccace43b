/** The crate actix-cors: `Cors::default()`, `Cors::permissive()` and their steps, around the services of actix-web. */
import type { Policy, StatusRule } from '../../policy/policy.ts';
import { all, always, never, not, originPresent, some } from '../../policy/request-test.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { FoundOptions } from '../../models/libraries/define-cors-library.ts';
import { asksForListed } from '../../models/libraries/library-names.ts';
import { chainForm } from '../../models/libraries/options-form.ts';
import type { OptionsForm } from '../../models/libraries/options-form.ts';
import { byRelease, differing } from '../../models/libraries/releases.ts';
import { rustLiterals } from '../../edits/rust-literals.ts';
import { dictEntry, isTrue } from '../../values/dict-entry.ts';
import type { DictEntry, Value } from '../../values/value.ts';
import { builtBy, adding, addingOne, editedWhereOnce } from './rust-builders.ts';
import type { Built } from './rust-builders.ts';
import { otherKinds } from '../../models/libraries/other-kinds.ts';

const packageName = 'actix-cors';

/** As `inner.rs` and `middleware.rs` of 0.7.2 say. See https://docs.rs/actix-cors/latest/actix_cors/struct.Cors.html */
const actixCors: CorsLibrary = {
  options: {
    origin: ['allowed_origin'],
    credentials: ['supports_credentials'],
    methods: ['allowed_methods'],
    allowedHeaders: ['allowed_headers'],
    exposedHeaders: ['expose_headers'],
    maxAge: ['max_age'],
  },
  otherOptions: [
    'allow_any_method',
    'send_wildcard',
    'disable_vary_header',
    'block_on_origin_mismatch',
    'disable_preflight',
  ],
  foreignNames: {},
  origin: {
    missing: 'nobody',
    text: 'compared',
    star: 'any',
    empty: 'nobody',
    ...otherKinds('unknown', 'fails'),
    nothing: 'unknown',
    list: 'members',
    emptyList: 'nobody',
    starInList: 'compared',
    stopsFor: (text) => (text === '*' ? 'a "*" in allowed_origin stops the service when it starts' : undefined),
    stopsApplication: true,
    checks: [{ option: 'allowed_origin_fn', roles: ['origin', 'request'] }],
    checksBesideList: true,
    callback: { roles: ['origin', 'request'], answers: 'return', as: 'exactly-true', refusal: 'nobody' },
    failure: 'the service does not start',
  },
  credentials: { default: false, on: 'true', forEverybody: true },
  anyWithCredentials: 'reflect',
  reflectsAny: true,
  vary: { any: true, sent: true, checked: 'always' },
  othersFor: 'everybody',
  needsOrigin: false,
  methods: { default: undefined, separator: ', ', everyResponse: false },
  allowedHeaders: {
    default: 'requested',
    separator: ', ',
    everyResponse: false,
    emptyIsDefault: false,
    starIsDefault: true,
    vary: false,
  },
  exposedHeaders: { default: undefined, separator: ', ', onPreflight: false },
  maxAge: { default: undefined, zero: true },
  preflight: {
    when: { kind: 'preflight' },
    status: 200,
    refused: 400,
    onlyListed: { methods: true, headers: [] },
  },
};

/** Where an origin is refused, the request itself is. */
const blocking = {
  origin: { unlistedFails: 400 },
  credentials: { forEverybody: undefined },
  othersFor: 'unless-refused',
} as const;
const passing = {
  origin: { unlistedFails: undefined },
  credentials: { forEverybody: true },
  othersFor: 'everybody',
} as const;
const actixCorsAt = byRelease(actixCors, [{ before: '0.7.0', differs: blocking }]);

const literals = rustLiterals((text) => text);
const nextOrigin = ').allowed_origin(';
const form: OptionsForm = {
  ...chainForm(
    // Each origin has a step of its own.
    { ...literals, list: (values, quote) => values.map((value) => literals.text(value, quote)).join(nextOrigin) },
    (name, value) => (name === 'allowed_origin' ? originStep(value) : `${name}(${asList(value)})`),
  ),
  switchesAreCalls: true,
};

function originStep(value: string): string {
  return value === '"*"' ? 'allow_any_origin()' : `allowed_origin(${value})`;
}

const asList = (value: string): string => (value.startsWith('"') ? `[${value.split(nextOrigin).join(', ')}]` : value);

const said = (option: string, constant: boolean | string = true) => ({ option, takes: { constant } }) as const;

const builder = {
  paths: ['actix_cors::Cors'],
  makers: {
    default: { allowed_methods: [], allowed_headers: [] },
    permissive: {
      allowed_origin: '*',
      allowed_methods: '*',
      allowed_headers: '*',
      expose_headers: '*',
      supports_credentials: true,
      max_age: '3600',
    },
  },
  steps: {
    allow_any_origin: said('allowed_origin', '*'),
    allowed_origin: addingOne('allowed_origin'),
    allowed_origin_fn: { option: 'allowed_origin_fn', takes: 'first' } as const,
    allow_any_method: said('allowed_methods', '*'),
    allowed_methods: adding('allowed_methods'),
    allow_any_header: said('allowed_headers', '*'),
    allowed_header: addingOne('allowed_headers'),
    allowed_headers: adding('allowed_headers'),
    expose_any_header: said('expose_headers', '*'),
    expose_headers: adding('expose_headers'),
    max_age: { option: 'max_age', takes: 'first' } as const,
    supports_credentials: said('supports_credentials'),
    send_wildcard: said('send_wildcard'),
    disable_vary_header: said('disable_vary_header'),
    disable_preflight: said('disable_preflight'),
    block_on_origin_mismatch: { option: 'block_on_origin_mismatch', takes: 'first' } as const,
  },
  form,
};

export const framework = defineCorsLibrary({
  id: 'actix-cors',
  title: 'actix-cors',
  documentation: 'https://docs.rs/actix-cors/latest/actix_cors/struct.Cors.html',
  reads:
    '`Cors::default()` and `Cors::permissive()` with their steps, functions and `block_on_origin_mismatch` among them',
  mentions: ['actix_cors'],
  languages: ['rust'],
  uses: [
    {
      packageName,
      options: (program, context) => ({ options: builtBy(program, context, builder).map(meant) }),
      table: (version, { place }) => tableOf(version, place.value),
      refine,
    },
  ],
});

/** The option that stands for `allow_any_method()`. */
const anyMethod = 'allow_any_method';
const allMethods = 'GET, POST, PUT, DELETE, HEAD, OPTIONS, CONNECT, PATCH, TRACE';

/** Words for everything, and several functions, of which each may let somebody in. */
function meant(built: Built): Built {
  const { value } = built.place;
  if (value?.kind !== 'dict') return built;
  const isSeveral = built.steps.filter(({ name }) => name === 'allowed_origin_fn').length > 1;
  const entries = value.entries.map((entry): DictEntry => {
    if (entry.key === 'allowed_methods' && entry.value.kind === 'text')
      return { ...entry, key: anyMethod, value: { kind: 'boolean', value: true, range: entry.value.range } };
    if (entry.key === 'allowed_origin_fn' && isSeveral)
      return { ...entry, value: { kind: 'unknown', range: entry.value.range } };
    return entry;
  });
  return { ...built, place: { ...built.place, value: { ...value, entries } } };
}

function tableOf(version: string | undefined, options: Value | undefined): CorsLibrary {
  let table = actixCorsAt(version);
  const blocks = dictEntry(options, 'block_on_origin_mismatch')?.value;
  if (blocks?.kind === 'boolean') table = differing(table, blocks.value ? blocking : passing);
  if (isTrue(options, anyMethod)) table = differing(table, { methods: { default: allMethods } });
  if (isTrue(options, 'send_wildcard')) table = differing(table, { reflectsAny: false, anyWithCredentials: 'fails' });
  if (isTrue(options, 'disable_vary_header'))
    table = differing(table, { vary: { any: false, sent: false, checked: 'never' } });
  if (isTrue(options, 'disable_preflight')) table = differing(table, { preflight: { when: never, status: null } });
  // What is exposed then are the names of the headers of each answer.
  if (dictEntry(options, 'expose_headers')?.value.kind === 'text')
    table = differing(table, { exposedHeaders: { default: 'unknown', starIsDefault: true } });
  return table;
}

/** Refused preflights are answered with 400 and nothing else. */
function refine(policy: Policy, found: FoundOptions): Policy {
  const edited = editedWhereOnce(policy, found, ['allowed_origin', 'supports_credentials']);
  const { methods, allowedHeaders } = policy.settings;
  const none = { value: null };
  const listed = asksForListed({ methods: true, headers: [] }, methods ?? none, allowedHeaders ?? none);
  const isPreflight = { kind: 'preflight' } as const;
  const allowed = allowedBy(policy);
  const isAnswered = some([not(isPreflight), all([listed, allowed])]);
  const refused: StatusRule = { when: all([isPreflight, not(all([listed, allowed]))]), status: 400 };
  if (isTrue(found.place.value, 'disable_preflight')) return edited;
  return {
    ...edited,
    headers: edited.headers.map((rule) => {
      if (rule.name !== 'access-control-allow-origin') return { ...rule, when: all([rule.when, isAnswered]) };
      // Nothing is said to who sends no origin, but for preflights.
      const asked = some([originPresent, isPreflight]);
      return isTrue(found.place.value, 'send_wildcard') ? { ...rule, when: all([rule.when, asked]) } : rule;
    }),
    statuses: [refused, { when: isPreflight, status: 200 }, ...edited.statuses],
  };
}

/** Who gets an answer to a preflight; where everybody is let in, nobody is asked for an origin. */
function allowedBy({ headers, settings: { origins } }: Policy): RequestTest {
  if (origins.value.some(({ kind, accepts }) => kind === 'any' && accepts === always)) return always;
  return some(headers.filter(({ name }) => name === 'access-control-allow-origin').map(({ when }) => when));
}
