/** poem's own middleware: `Cors::new()` and its steps. */
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { FoundOptions } from '../../models/libraries/define-cors-library.ts';
import { globPattern } from '../../models/services/wildcard-pattern.ts';
import type { HeaderRule, OriginEntry, Policy } from '../../policy/policy.ts';
import { all, not, optionsMethod, some } from '../../policy/request-test.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import { builtBy, addingOne, editedWhereOnce, namesForm, namesSteps } from './rust-builders.ts';
import { otherKinds } from '../../models/libraries/other-kinds.ts';

const packageName = 'poem';

/** As `middleware/cors.rs` of 3.1.12 says. See https://docs.rs/poem/latest/poem/middleware/struct.Cors.html */
const poemCors: CorsLibrary = {
  options: {
    origin: ['allow_origins'],
    credentials: ['allow_credentials'],
    methods: ['allow_methods'],
    allowedHeaders: ['allow_headers'],
    exposedHeaders: ['expose_headers'],
    maxAge: ['max_age'],
  },
  otherOptions: [],
  foreignNames: {},
  origin: {
    missing: 'any',
    text: 'compared',
    star: 'compared',
    empty: 'unknown',
    ...otherKinds('unknown', 'fails'),
    nothing: 'unknown',
    list: 'members',
    emptyList: 'any',
    starInList: 'compared',
    checks: [{ option: 'allow_origins_fn', roles: ['origin'] }],
    checksBesideList: true,
    patterns: {
      option: 'allow_origin_regex',
      // It is no regular expression: `*` stands for any text and `?` for one character, in the whole origin.
      means: { wildcard: (text) => (/[*?]/.test(text) ? globPattern(text) : undefined) },
    },
    callback: { roles: ['origin'], answers: 'return', as: 'exactly-true', refusal: 'nobody' },
    unlistedFails: 403,
  },
  credentials: { default: false, on: 'true' },
  anyWithCredentials: 'reflect',
  reflectsAny: true,
  vary: { any: true, sent: false, checked: 'never', notForOptions: true },
  othersFor: 'allowed',
  needsOrigin: true,
  methods: {
    default: 'GET, POST, PUT, DELETE, HEAD, OPTIONS, CONNECT, PATCH, TRACE',
    separator: ', ',
    everyResponse: false,
    emptyIsDefault: true,
  },
  allowedHeaders: {
    default: 'requested',
    separator: ', ',
    everyResponse: false,
    emptyIsDefault: true,
    vary: false,
    unasked: '*',
  },
  exposedHeaders: { default: undefined, separator: ', ', onPreflight: true },
  maxAge: { default: '86400', zero: true },
  preflight: {
    when: { kind: 'preflight' },
    status: 200,
    refused: 403,
    otherOptions: 'refused',
    onlyListed: { methods: true, headers: [], oneHeader: true, refuses: true },
  },
};

const builder = {
  paths: ['poem::middleware::Cors'],
  makers: { new: {}, default: { max_age: '0' } },
  steps: {
    ...namesSteps,
    allow_origin_regex: addingOne('allow_origin_regex'),
    allow_origins_fn: { option: 'allow_origins_fn', takes: 'first' } as const,
  },
  form: namesForm,
};

export const framework = defineCorsLibrary({
  id: 'poem-cors',
  title: 'Poem',
  documentation: 'https://docs.rs/poem/latest/poem/middleware/struct.Cors.html',
  reads: '`Cors::new()` with its steps, wildcards and functions; without origins it lets everybody in',
  mentions: ['poem::'],
  languages: ['rust'],
  uses: [
    {
      packageName,
      title: 'Poem',
      options: (program, context) => ({ options: builtBy(program, context, builder) }),
      table: poemCors,
      refine: (policy, found) => varied(editedWhereOnce(policy, found, ['allow_origins']), found),
    },
  ],
});

/** Whom a wildcard or a function lets in, and nobody of the list, gets an answer that varies by the origin. */
function varied(policy: Policy, { place }: FoundOptions): Policy {
  const list = dictEntry(place.value, 'allow_origins')?.value;
  const starts = list?.kind === 'list' ? list.items.map(({ range }) => range.start) : undefined;
  // A function may compare with texts, too.
  const isListed = ({ kind, range }: OriginEntry): boolean =>
    kind === 'text' && (list === undefined ? false : (starts?.includes(range.start) ?? true));
  const [listed, others] = [true, false].map((wanted) =>
    policy.settings.origins.value.filter((one) => isListed(one) === wanted).map(({ accepts }) => accepts),
  );
  if (others!.length === 0 || policy.settings.origins.value.some(({ kind }) => kind === 'any')) return policy;
  const rule: HeaderRule = {
    name: 'vary',
    operation: 'set',
    value: { kind: 'text', text: 'Origin' },
    when: all([not(optionsMethod), some(others!), not(some(listed!))]),
    range: place.range,
  };
  return { ...policy, headers: [...policy.headers, rule] };
}
