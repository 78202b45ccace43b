/** Robyn's `ALLOW_CORS(app, origins)`. */
import type { Call, Program } from '../../syntax/programs/program.ts';
import type { HeaderRule, Policy, StatusRule } from '../../policy/policy.ts';
import { all, always, not, optionsMethod, originPresent, some } from '../../policy/request-test.ts';
import type { ProgramContext } from '../../models/framework.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { Found, FoundOptions } from '../../models/libraries/define-cors-library.ts';
import { usesOf } from '../../models/libraries/imported-calls.ts';
import { keywordPlace, whenAsked } from '../../models/libraries/option-finders.ts';
import { isBefore } from '../../models/libraries/releases.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { DictEntry, List, Value } from '../../values/value.ts';
import { otherKinds } from '../../models/libraries/other-kinds.ts';

const alwaysAllowed = ['Content-Type', 'Authorization'];

/** As `robyn/__init__.py` of 0.88.0 says, and observed. Credentials are always on. See https://robyn.tech/documentation/en/api_reference/cors */
const robyn: CorsLibrary = {
  options: {
    origin: ['origins'],
    credentials: [],
    methods: [],
    allowedHeaders: ['headers'],
    exposedHeaders: [],
    maxAge: [],
  },
  otherOptions: ['app'],
  foreignNames: {},
  origin: {
    missing: 'fails',
    text: 'sent',
    star: 'any',
    empty: 'unknown',
    ...otherKinds('unknown', 'nobody'),
    nothing: 'unknown',
    list: 'members',
    emptyList: 'nobody',
    starInList: 'any',
    singleInList: 'sent',
    unlistedFails: 403,
  },
  credentials: { default: true, on: 'true' },
  anyWithCredentials: 'literal',
  vary: { any: false, sent: false, checked: 'never' },
  othersFor: 'everybody',
  needsOrigin: false,
  methods: { default: 'GET, POST, PUT, DELETE, PATCH, HEAD, OPTIONS', separator: ', ', everyResponse: true },
  allowedHeaders: {
    default: alwaysAllowed.join(', '),
    separator: ', ',
    everyResponse: true,
    emptyIsDefault: false,
    vary: false,
  },
  exposedHeaders: { default: undefined, separator: ', ', onPreflight: false },
  maxAge: { default: '3600', zero: true },
  preflight: { when: optionsMethod, status: 204, refused: 403 },
  refusesUnknown: (name) => `TypeError: ALLOW_CORS() got an unexpected keyword argument '${name}'`,
};

export const framework = defineCorsLibrary({
  id: 'robyn-cors',
  title: 'Robyn',
  documentation: 'https://robyn.tech/documentation/en/api_reference/cors',
  reads: '`ALLOW_CORS(app, origins=[…], headers=[…])`',
  mentions: ['robyn'],
  languages: ['python'],
  uses: [{ packageName: 'robyn', title: 'Robyn', options: configured, table: robyn, refine: asAnswered }],
});

/** The first release that asks who calls; what the ones before send for several origins is not read. */
const first = '0.64.0';

function configured(program: Program, context: ProgramContext): Found {
  const version = context.version('robyn');
  if (version !== undefined && isBefore(version, first)) return { options: [] };
  const uses = usesOf(program, { modules: ['robyn'], names: ['ALLOW_CORS'] });
  return { options: uses.flatMap(({ call }) => (call ? [optionsOf(call, context)] : [])) };
}

function optionsOf(call: Call, context: ProgramContext): FoundOptions {
  const place = keywordPlace(call, context, ['app', 'origins', 'headers']);
  return { call, place: whenAsked(place, () => place.value && withOwnHeaders(place.value)) };
}

/** A list is added to the names that are always allowed; a text takes their place. */
function withOwnHeaders(options: Value): Value {
  if (options.kind !== 'dict') return options;
  const entries = options.entries.flatMap((entry): DictEntry[] => {
    const { key, value } = entry;
    if (key !== 'headers') return [entry];
    if (value.kind === 'nothing') return [];
    if (value.kind !== 'list') return [entry];
    const given = value.items.flatMap((item) => (item.kind === 'text' ? [item.text] : []));
    const own = alwaysAllowed
      .filter((name) => !given.includes(name))
      .map((text): Value => ({ kind: 'text', text, range: value.range }));
    return [{ ...entry, value: { ...value, items: [...own, ...value.items] } }];
  });
  return { ...options, entries };
}

/**
 * Preflights are answered with the caller's own origin. Other answers have one text for all: the only origin of the list, or a star where
 * there are several, beside credentials. The empty answer of 403 has that star too, which is left away here: it has nothing to read.
 */
function asAnswered(policy: Policy, { place }: FoundOptions): Policy {
  const written = dictEntry(place.value, 'origins')?.value;
  const texts = policy.settings.origins.value;
  if (texts.some(({ kind }) => kind === 'unknown')) return policy;
  const isOpen = texts.some(({ kind }) => kind === 'any');
  const accepted = isOpen ? always : some(texts.map(({ accepts }) => accepts));
  const isRefused = all([originPresent, not(accepted)]);
  const isSeveral = written?.kind === 'list' && written.items.length !== 1;
  const headers = policy.headers.flatMap((rule): HeaderRule[] => {
    if (rule.name === 'access-control-max-age') return [{ ...rule, when: all([rule.when, not(isRefused)]) }];
    if (rule.name !== 'access-control-allow-origin') return [rule];
    const star: HeaderRule = { ...rule, value: { kind: 'text', text: '*' }, when: not(isRefused) };
    const own: HeaderRule = {
      ...rule,
      value: { kind: 'request-origin' },
      when: all([optionsMethod, originPresent, accepted]),
    };
    return isSeveral ? [star, own, ...forNobody(written, rule)] : [rule, own];
  });
  const statuses: StatusRule[] = [{ when: isRefused, status: 403 }, ...policy.statuses];
  return { ...policy, headers, statuses, fixedVary: true, edits: forOneOrigin(policy.edits) };
}

/** An OPTIONS request without an Origin gets the first of the list. */
function forNobody({ items: [first] }: List, rule: HeaderRule): HeaderRule[] {
  if (first === undefined) return [];
  const value: HeaderRule['value'] = first.kind === 'text' ? { kind: 'text', text: first.text } : { kind: 'unknown' };
  return [{ ...rule, value, when: all([optionsMethod, not(originPresent)]) }];
}

/** Several origins would be a star again. */
function forOneOrigin({ allowOnly, ...edits }: Policy['edits']): Policy['edits'] {
  return {
    ...edits,
    ...(allowOnly && {
      allowOnly: (origins, placeholder) => (origins.length === 1 ? allowOnly(origins, placeholder) : []),
    }),
  };
}
