/** Litestar: `CORSConfig(…)` of an application. */
import type { HeaderRule, Policy } from '../../policy/policy.ts';
import type { Pattern, RequestTest } from '../../policy/request-test.ts';
import {
  all,
  always,
  noHeadersRequested,
  not,
  optionsMethod,
  originPresent,
  some,
  unknown,
} from '../../policy/request-test.ts';
import type { SourceRange } from '../../syntax/range.ts';
import type { Program } from '../../syntax/programs/program.ts';
import type { ProgramContext } from '../../models/framework.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { Found, FoundOptions } from '../../models/libraries/define-cors-library.ts';
import { keywordsOf } from '../../models/libraries/option-finders.ts';
import { byRelease } from '../../models/libraries/releases.ts';
import { withoutEntryEdits } from '../../models/libraries/without-edits.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { Dict, Value } from '../../values/value.ts';
import { otherKinds } from '../../models/libraries/other-kinds.ts';

const everyMethod = 'DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT';
/** Request headers that may be asked for in any case. */
const safelisted = ['accept', 'accept-language', 'content-language', 'content-type'];
/** What the library takes for a preflight. */
const preflight = all([optionsMethod, originPresent]);

/** As observed of 2.25.0. */
const litestar: CorsLibrary = {
  options: {
    origin: ['allow_origins'],
    credentials: ['allow_credentials'],
    methods: ['allow_methods'],
    allowedHeaders: ['allow_headers'],
    exposedHeaders: ['expose_headers'],
    maxAge: ['max_age'],
  },
  otherOptions: ['allow_origin_regex'],
  foreignNames: { origins: 'allow_origins', allow_origin: 'allow_origins', supports_credentials: 'allow_credentials' },
  origin: {
    missing: 'any',
    text: 'fails',
    star: 'any',
    empty: 'unknown',
    ...otherKinds('unknown', 'search'),
    nothing: 'unknown',
    list: 'members',
    emptyList: 'closed',
    starInList: 'any',
    patternMode: 'full',
    wildcard: withStars,
  },
  credentials: { default: false, on: 'truthy', forEverybody: true },
  anyWithCredentials: 'literal',
  vary: { any: false, sent: false, checked: 'allowed' },
  othersFor: 'accepted',
  needsOrigin: true,
  methods: { default: everyMethod, separator: ', ', everyResponse: false, sorted: true },
  allowedHeaders: {
    default: 'requested',
    separator: ', ',
    everyResponse: false,
    emptyIsDefault: false,
    vary: false,
    starIsDefault: true,
    starIsAny: true,
    lowerCase: true,
    sorted: true,
  },
  exposedHeaders: { default: undefined, separator: ', ', onPreflight: false, sorted: true },
  maxAge: { default: '600', zero: true },
  preflight: { when: preflight, status: 204, refused: 400 },
  refusesUnknown: (name) => `TypeError: CORSConfig.__init__() got an unexpected keyword argument '${name}'`,
};

const litestarAt = byRelease(litestar, [
  // Every text was a pattern, whose dots are any character.
  { before: '2.20.0', differs: { origin: { wildcard: asPattern } } },
]);

export const framework = defineCorsLibrary({
  id: 'litestar',
  title: 'Litestar',
  documentation: 'https://docs.litestar.dev/2/usage/middleware/builtin-middleware.html#cors',
  reads: '`CORSConfig(…)` of `Litestar(cors_config=…)`',
  mentions: ['litestar'],
  languages: ['python'],
  uses: [
    {
      packageName: 'litestar',
      title: 'Litestar',
      options: configured,
      table: litestarAt,
      refine: (policy, found) => withoutEntryEdits(refined(policy, found)),
    },
  ],
});

const configurations = keywordsOf({
  modules: ['litestar.config.cors', 'litestar.config', 'litestar'],
  names: ['CORSConfig'],
});

function configured(program: Program, context: ProgramContext): Found {
  const { options, facts } = configurations(program, context);
  return { options: options.map(withPattern), ...(facts && { facts }) };
}

/** `allow_origin_regex` counts as one more member of the list. */
function withPattern(found: FoundOptions): FoundOptions {
  const { value } = found.place;
  const written = dictEntry(value, 'allow_origin_regex')?.value;
  const list = dictEntry(value, 'allow_origins');
  // Without a list everybody gets in anyway.
  if (value?.kind !== 'dict' || written === undefined || list?.value.kind !== 'list' || written.kind === 'nothing')
    return found;
  const { items } = list.value;
  const joined: Value = { ...list.value, items: [...items, patternOf(written)] };
  const entries = value.entries.map((entry) => (entry === list ? { ...entry, value: joined } : entry));
  return { ...found, place: { ...found.place, value: { ...value, entries } satisfies Dict } };
}

function patternOf(written: Value): Value {
  if (written.kind !== 'text') return { kind: 'unknown', range: written.range };
  const { text: source, range, contentRange } = written;
  const pattern: Pattern = { source, flags: '', dialect: 'python', mode: 'full' };
  return { kind: 'pattern', pattern, range, fromString: true, ...(contentRange && { sourceRange: contentRange }) };
}

/** `https://*.shop.example`: a star is any text. */
function withStars(text: string): Pattern | undefined {
  if (!text.includes('*')) return undefined;
  const source = text.replaceAll(/[-\\^$+?.()|[\]{}]/g, '\\$&').replaceAll('*', '.*');
  return { source, flags: '', dialect: 'python', mode: 'full' };
}

function asPattern(text: string): Pattern | undefined {
  return /^[\w:/-]*$/.test(text)
    ? undefined
    : { source: text.replaceAll('*.', '.*\\.'), flags: '', dialect: 'python', mode: 'full' };
}

/** What no table says: what becomes of a preflight that asks for too much, and what every other answer holds. */
function refined(policy: Policy, { place: { value, range } }: FoundOptions): Policy {
  const lists: Lists = { methods: namesOf(value, 'allow_methods'), headers: namesOf(value, 'allow_headers') };
  const granted = policy.headers.find(({ name }) => name === 'access-control-max-age')?.when ?? unknown();
  const passes = all([granted, mayAsk('requested-method', lists.methods), mayAsk('requested-headers', lists.headers)]);
  const isOpen = policy.settings.origins.value.some(({ kind }) => kind === 'any');
  const headers = [
    ...policy.headers.filter(({ name }) => !/allow-(methods|headers)$/.test(name)).map(toEverybody),
    ...(isOpen ? ownOrigin(range) : []),
    ...listHeaders(lists, passes, range),
  ];
  return {
    ...policy,
    // A preflight that is refused gets no headers at all.
    headers: headers.map((rule) => ({ ...rule, when: all([rule.when, some([not(optionsMethod), passes])]) })),
    statuses: [
      { when: passes, status: 204 },
      { when: preflight, status: 400 },
    ],
    fixedVary: true,
  };
}

/** Names; undefined where they are not known. */
interface Lists {
  readonly methods: readonly string[] | undefined;
  readonly headers: readonly string[] | undefined;
}

/** Requests with an Origin that are no preflights. */
const answered = all([originPresent, not(optionsMethod)]);

/** A preflight asks for what is listed, or for nothing. */
function mayAsk(kind: 'requested-method' | 'requested-headers', listed: readonly string[] | undefined): RequestTest {
  if (listed === undefined) return unknown();
  if (listed.includes('*')) return always;
  const names = kind === 'requested-method' ? listed : [...listed.map((name) => name.toLowerCase()), ...safelisted];
  return some([not({ kind: 'preflight' }), { kind, names }]);
}

/** Headers that scripts may read are named to those who are refused, too. */
function toEverybody(rule: HeaderRule): HeaderRule {
  return rule.name === 'access-control-expose-headers' ? { ...rule, when: answered } : rule;
}

/** With `*`, a request that brings a cookie gets its own origin. */
function ownOrigin(range: SourceRange): HeaderRule[] {
  const own = { when: all([answered, { kind: 'cookie' }]), range, operation: 'set' } as const;
  return [
    { ...own, name: 'access-control-allow-origin', value: { kind: 'request-origin' } },
    { ...own, name: 'vary', value: { kind: 'text', text: 'Origin' } },
  ];
}

/** Lists are sent with every answer; preflights hear of all methods for `*`, and of the safelisted headers besides the listed ones. */
function listHeaders({ methods, headers }: Lists, passes: RequestTest, range: SourceRange): HeaderRule[] {
  const forMethods = { name: 'access-control-allow-methods', operation: 'set', range } as const;
  const forHeaders = { ...forMethods, name: 'access-control-allow-headers' } as const;
  const asks = all([passes, { kind: 'preflight' }, not(noHeadersRequested)]);
  const allowed: HeaderRule[] = headers?.includes('*')
    ? [
        { ...forHeaders, when: asks, value: { kind: 'request-header', name: 'access-control-request-headers' } },
        { ...forHeaders, when: asks, operation: 'merge', value: joined(safelisted) },
      ]
    : [{ ...forHeaders, when: passes, value: joined(headers && [...lowered(headers), ...safelisted]) }];
  return [
    { ...forMethods, when: passes, value: joined(methods?.includes('*') ? everyMethod.split(', ') : methods) },
    ...allowed,
    { ...forMethods, when: answered, value: joined(methods) },
    { ...forHeaders, when: answered, value: joined(headers && lowered(headers)) },
  ];
}

function lowered(names: readonly string[]): string[] {
  return names.map((name) => name.toLowerCase());
}

/** The names of a list; undefined where they are not known. */
function namesOf(value: Value | undefined, option: string): readonly string[] | undefined {
  const written = dictEntry(value, option)?.value;
  if (written === undefined) return value?.kind === 'dict' && value.open ? undefined : ['*'];
  const texts = written.kind === 'list' && !written.open ? written.items : undefined;
  return texts?.every((item) => item.kind === 'text') ? texts.map(({ text }) => text) : undefined;
}

function joined(names: readonly string[] | undefined): HeaderRule['value'] {
  return names === undefined ? { kind: 'unknown' } : { kind: 'text', text: [...new Set(names)].sort().join(', ') };
}
