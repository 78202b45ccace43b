/** wsgicors: `CORS(app, origin="https://shop.example", …)`, and one policy by its name, `CORS(app, policy="open", open_origin="*")`. */
import type { Call, Program } from '../../syntax/programs/program.ts';
import type { HeaderRule, Policy } from '../../policy/policy.ts';
import { all, optionsMethod, preflightWithOrigin, some } from '../../policy/request-test.ts';
import type { ProgramContext } from '../../models/framework.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { Found, FoundOptions } from '../../models/libraries/define-cors-library.ts';
import { usesOf } from '../../models/libraries/imported-calls.ts';
import { keywordPlace, whenAsked } from '../../models/libraries/option-finders.ts';
import { byRelease } from '../../models/libraries/releases.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import { globPattern } from '../../values/languages/python-globs.ts';
import type { DictEntry, Value } from '../../values/value.ts';
import { otherKinds } from '../../models/libraries/other-kinds.ts';

const options = {
  origin: ['origin'],
  credentials: ['credentials'],
  methods: ['methods'],
  allowedHeaders: ['headers'],
  exposedHeaders: ['expose_headers'],
  maxAge: ['maxage'],
} as const;

/** As observed of 0.7.0. */
const wsgicors: CorsLibrary = {
  options,
  otherOptions: ['policy', 'matchstrategy'],
  foreignNames: {
    origins: 'origin',
    allow_origin: 'origin',
    allow_origins: 'origin',
    supports_credentials: 'credentials',
    allow_credentials: 'credentials',
    allow_methods: 'methods',
    allow_headers: 'headers',
    max_age: 'maxage',
  },
  origin: {
    missing: 'closed',
    text: 'compared',
    separator: ' ',
    trims: true,
    patternOf,
    star: 'any',
    empty: 'closed',
    ...otherKinds('fails', 'fails'),
    nothing: 'fails',
    list: 'fails',
    emptyList: 'fails',
    starInList: 'compared',
    failure: 'the application does not start: AttributeError, because "origin" is no text with spaces in between',
  },
  credentials: { default: false, on: 'true' },
  anyWithCredentials: 'reflect',
  vary: { any: false, sent: false, checked: 'allowed', notForOptions: 'preflights' },
  // Of an answer that is no preflight's those alone who are let in, as `refined` says.
  othersFor: 'everybody',
  needsOrigin: true,
  methods: { default: 'requested', separator: ', ', everyResponse: false, starIsDefault: true },
  allowedHeaders: {
    default: 'requested',
    separator: ', ',
    everyResponse: false,
    emptyIsDefault: false,
    vary: false,
    starIsDefault: true,
  },
  exposedHeaders: { default: undefined, separator: ', ', onPreflight: false },
  maxAge: { default: undefined, zero: true },
  preflight: { when: { kind: 'preflight' }, status: 204, refused: 204 },
};

const wsgicorsAt = byRelease(wsgicors, [
  { before: '0.5.1', differs: { preflight: { when: optionsMethod } } },
  { before: '0.5.0', differs: { vary: { checked: 'never' } } },
]);

export const framework = defineCorsLibrary({
  id: 'wsgicors',
  title: 'wsgicors',
  documentation: 'https://github.com/may-day/wsgicors',
  reads: '`CORS(app, origin="…")`, `CORS(app, policy="…", …)`',
  mentions: ['wsgicors'],
  languages: ['python'],
  uses: [{ packageName: 'wsgicors', options: middlewares, table: wsgicorsAt, refine: (policy) => refined(policy) }],
});

/** A piece with a wildcard. A `*` that stands between other origins is taken out of the list. */
function patternOf(piece: string): ReturnType<typeof globPattern> {
  const trimmed = piece.trim();
  return trimmed !== '*' && /[*?[]/.test(trimmed) ? globPattern(trimmed) : undefined;
}

/**
 * For `*` there is never a `Vary`, and beside credentials a preflight is answered with it all the same, which browsers refuse. What
 * belongs to other answers is for those alone who are let in; a preflight gets its headers in any case.
 */
function refined(policy: Policy): Policy {
  const granting = policy.headers.filter(({ name }) => name === 'access-control-allow-origin');
  const granted = some(granting.map(({ when }) => when));
  const { origins, credentials } = policy.settings;
  const isEverybody = origins.value.some(({ kind }) => kind === 'any');
  const sent = policy.headers.filter(({ name }) => name !== 'vary' || !isEverybody);
  const headers = sent.map((rule) =>
    /^access-control-(?:expose-headers|allow-credentials)$/.test(rule.name)
      ? { ...rule, when: all([rule.when, some([preflightWithOrigin, granted])]) }
      : rule,
  );
  if (!isEverybody || credentials.value === false) return { ...policy, headers, fixedVary: true };
  const star: HeaderRule = {
    name: 'access-control-allow-origin',
    operation: 'set',
    value: { kind: 'text', text: '*' },
    when: all([preflightWithOrigin, granted]),
    range: origins.range,
  };
  return { ...policy, headers: [...headers, star], fixedVary: true };
}

function middlewares(program: Program, context: ProgramContext): Found {
  const made = usesOf(program, { modules: ['wsgicors'], names: ['CORS'] });
  return { options: made.flatMap(({ call }) => (call ? optionsOf(call, context) : [])) };
}

/** Settings of a file, and several policies of which the first that fits counts, are not read. */
function optionsOf(call: Call, context: ProgramContext): FoundOptions[] {
  const place = keywordPlace(call, context);
  if (call.arguments.length < 2 || call.arguments.filter(({ name }) => name === undefined).length > 1) return [];
  const mayBeNamed = call.arguments.some(({ name, spread }) => name === 'policy' || spread);
  const name = mayBeNamed ? dictEntry(place.value, 'policy')?.value : undefined;
  if (name === undefined) return [{ call, place: whenAsked(place, () => place.value && asItReads(place.value)) }];
  if (name.kind !== 'text' || name.text.includes(',') || name.text === 'deny') return [];
  const prefix = `${name.text}_`;
  return [{ call, place: whenAsked(place, () => place.value && asItReads(ofPolicy(place.value, prefix))) }];
}

/** The options of one policy, without its name before each of them. */
function ofPolicy(value: Value, prefix: string): Value {
  if (value.kind !== 'dict') return value;
  const entries = value.entries
    .filter(({ key }) => key.startsWith(prefix))
    .map((entry) => ({ ...entry, key: entry.key.slice(prefix.length) }));
  return { ...value, entries };
}

/** All options are texts: `copy` is the caller's origin, credentials are on for `true` alone, and what is not written is empty. */
function asItReads(value: Value): Value {
  if (value.kind !== 'dict') return value;
  const { range } = value;
  const lists = [...options.methods, ...options.allowedHeaders]
    .filter((key) => dictEntry(value, key) === undefined && !value.open)
    .map((key): DictEntry => ({ key, keyRange: range, range, value: { kind: 'text', text: '', range } }));
  return { ...value, entries: [...lists, ...value.entries.map(meant)] };
}

function meant(entry: DictEntry): DictEntry {
  const { key, value } = entry;
  const { range } = value;
  if (key === 'origin' && value.kind === 'text' && value.text === 'copy')
    return { ...entry, value: { kind: 'request', input: 'origin', range } };
  // A star among others, too, allows whatever method is asked for.
  if (key === 'methods' && value.kind === 'text' && /(?:^|,)\s*\*\s*(?:,|$)/.test(value.text))
    return { ...entry, value: { ...value, text: '*' } };
  if (key !== 'credentials' || (value.kind !== 'text' && value.kind !== 'boolean')) return entry;
  return { ...entry, value: { kind: 'boolean', value: value.kind === 'text' && value.text === 'true', range } };
}
