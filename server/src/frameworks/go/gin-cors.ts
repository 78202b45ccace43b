/** The Go package `gin-contrib/cors`, the middleware of Gin itself. */
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import { byRelease, differing, isBefore } from '../../models/libraries/releases.ts';
import { starredMethods } from '../../models/libraries/starred-methods.ts';
import { wildcardPattern } from '../../models/services/wildcard-pattern.ts';
import type { Pattern } from '../../policy/request-test.ts';
import { optionsMethod } from '../../policy/request-test.ts';
import type { Dict } from '../../values/value.ts';
import { goCorsPackage, isMadeFrom } from './go-cors-package.ts';
import { ginRoutes, inOrder } from './late-middlewares.ts';
import { duration } from './go-durations.ts';
import { dictEntry, mayBeTrue } from '../../values/dict-entry.ts';
import { otherKinds } from '../../models/libraries/other-kinds.ts';
import { placed } from './placed-middlewares.ts';

const panics = 'the program panics when it starts';

/** As `cors.go` and `config.go` of 1.7.7 say. See https://pkg.go.dev/github.com/gin-contrib/cors */
const ginCors: CorsLibrary = {
  options: {
    origin: ['AllowOrigins'],
    credentials: ['AllowCredentials'],
    methods: ['AllowMethods'],
    allowedHeaders: ['AllowHeaders'],
    exposedHeaders: ['ExposeHeaders'],
    maxAge: ['MaxAge'],
  },
  otherOptions: [
    'AllowWildcard',
    'AllowBrowserExtensions',
    'CustomSchemas',
    'AllowWebSockets',
    'AllowFiles',
    'OptionsResponseStatusCode',
  ],
  privateNetwork: 'AllowPrivateNetwork',
  foreignNames: {},
  origin: {
    missing: 'fails',
    text: 'fails',
    star: 'any',
    empty: 'fails',
    ...otherKinds('fails', 'fails'),
    nothing: 'fails',
    undefined: 'nobody',
    list: 'members',
    emptyList: 'fails',
    starInList: 'any',
    // What is written is put into small letters, and what asks is not.
    comparedAs: (text) => text.trim().toLowerCase(),
    checks: [
      { option: 'AllowOriginFunc', roles: ['origin'] },
      { option: 'AllowOriginWithContextFunc', roles: ['context', 'origin'] },
    ],
    checksBesideList: true,
    openedBy: {
      option: 'AllowAllOrigins',
      conflict: `AllowAllOrigins beside origins or a function is a conflict, and ${panics}`,
    },
    stopsApplication: true,
    unlistedFails: 403,
    callback: { roles: ['origin'], answers: 'return', as: 'exactly-true', refusal: 'nobody', first: true },
    failure: 'this value is no list of origins, and the program is not compiled',
    noneFails: `no origin is allowed and no function decides, and ${panics}`,
  },
  credentials: { default: false, on: 'true' },
  anyWithCredentials: 'literal',
  vary: { any: false, sent: false, checked: 'allowed' },
  othersFor: 'allowed',
  needsOrigin: true,
  methods: {
    default: undefined,
    separator: ',',
    everyResponse: false,
    upperCase: true,
    emptyIsDefault: false,
    once: true,
    addition: 'AddAllowMethods',
  },
  allowedHeaders: {
    default: undefined,
    separator: ',',
    everyResponse: false,
    emptyIsDefault: false,
    vary: false,
    capitalised: true,
    once: true,
    addition: 'AddAllowHeaders',
  },
  exposedHeaders: {
    default: undefined,
    separator: ',',
    onPreflight: false,
    capitalised: true,
    once: true,
    addition: 'AddExposeHeaders',
  },
  maxAge: { default: undefined, zero: false, negative: '', unit: duration },
  preflight: {
    when: optionsMethod,
    status: 204,
    statusOption: 'OptionsResponseStatusCode',
    falsyStatusIsDefault: true,
  },
  refusesUnknown: (name) => `cors.Config has no field ${name}, and the program is not compiled.`,
};

/** What `DefaultConfig()` gives, and `Default()` begins with. */
const begunWith = {
  methods: { default: 'GET,POST,PUT,PATCH,DELETE,HEAD,OPTIONS' },
  allowedHeaders: { default: 'Origin,Content-Length,Content-Type' },
  maxAge: { default: '43200' },
} as const;

const schemes = {
  AllowBrowserExtensions: ['chrome-extension://', 'safari-extension://', 'moz-extension://', 'ms-browser-extension://'],
  AllowWebSockets: ['ws://', 'wss://'],
  AllowFiles: ['file://'],
};

/** The table by release, and by the switches among the options. */
export function ginCorsAt(version: string | undefined): CorsLibrary {
  const table = byRelease(ginCors, [
    // AllowOriginWithContextFunc is a field since then.
    { before: '1.7.0', differs: { origin: { checks: [{ option: 'AllowOriginFunc', roles: ['origin'] }] } } },
    {
      before: '1.5.0',
      differs: { privateNetwork: undefined, preflight: { statusOption: undefined }, otherOptions: otherOptionsBefore },
    },
  ])(version);
  return { ...table, switched: (options) => switchedBy(options, table, version) };
}

const otherOptionsBefore = ginCors.otherOptions.filter(
  (name) => name !== 'OptionsResponseStatusCode' && name !== 'CustomSchemas',
);

function switchedBy(options: Dict, table: CorsLibrary, version: string | undefined): CorsLibrary {
  const isOn = (name: string): boolean => mayBeTrue(options, name);
  const custom = dictEntry(options, 'CustomSchemas')?.value;
  const allowed = ['http://', 'https://', ...Object.entries(schemes).flatMap(([name, own]) => (isOn(name) ? own : []))];
  const listed = custom?.kind === 'list' && !custom.open ? custom.items : [];
  const all = [...allowed, ...listed.flatMap((item) => (item.kind === 'text' ? [item.text] : []))];
  const isKnown = custom === undefined || (custom.kind === 'list' && listed.length > 0 && all.length > allowed.length);
  const base = isMadeFrom(options, 'DefaultConfig') ? differing(table, begunAt(version)) : table;
  const before = (release: string): boolean => version !== undefined && isBefore(version, release);
  return differing(base, {
    origin: {
      ...(isKnown && { stopsFor: (text) => stopFor(text, all, isOn('AllowWildcard'), before) }),
      wildcard: (text) => patternOf(text, isOn('AllowWildcard'), before),
      // One list may hold both; without wildcards all that is no origin is an expression.
      ...(!isOn('AllowWildcard') && { wildcardIsPattern: true }),
    },
  });
}

/** What `Default()` answers. */
export function ginDefaultAt(version: string | undefined): CorsLibrary {
  return differing(ginCorsAt(version), { ...begunAt(version), origin: { missing: 'any' } });
}

/** OPTIONS was no method of the defaults before 1.4.0. */
function begunAt(version: string | undefined) {
  const isOld = version !== undefined && isBefore(version, '1.4.0');
  return isOld ? { ...begunWith, methods: { default: 'GET,POST,PUT,PATCH,DELETE,HEAD' } } : begunWith;
}

type Before = (release: string) => boolean;

/** `/^https:…$/`, with one letter behind at the most. */
const expression = /^\/(.+)\/[gimuy]?$/;

function stopFor(text: string, allowed: readonly string[], hasWildcards: boolean, before: Before): string | undefined {
  if (text.includes('*'))
    return hasWildcards && text.split('*').length > 2 ? `only one * is allowed, and ${panics}` : undefined;
  const source = before('1.7.4') ? undefined : expression.exec(text)?.[1]?.replace('?', '');
  const compared = source === undefined ? text : before('1.7.7') ? source : source.replace(/^\^/, '');
  return allowed.some((scheme) => compared.startsWith(scheme)) ? undefined : panics;
}

/** A wildcard where they are switched on, or a regular expression, which is put into small letters and found anywhere. */
function patternOf(text: string, hasWildcards: boolean, before: Before): Pattern | undefined {
  const source = before('1.7.4') ? undefined : expression.exec(text.trim().toLowerCase())?.[1];
  if (source !== undefined) return { source, flags: '', dialect: 'go', mode: 'search' };
  if (!hasWildcards || !/^[^*]*\*[^*]*$/.test(text)) return undefined;
  // One letter too much was cut off before a star at the end.
  return wildcardPattern(before('1.6.0') && text.length > 1 ? text.replace(/.\*$/, '*') : text);
}

const packageName = 'github.com/gin-contrib/cors';
/** How the maker without options is written with some. */
export const ginNames = {
  type: 'Config',
  defaults: 'DefaultConfig',
  madeWith: [
    'AllowMethods: []string{"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"}',
    'AllowHeaders: []string{"Origin", "Content-Length", "Content-Type"}',
  ].join(', '),
};
const { optionsOf, made } = goCorsPackage([packageName], ginNames);
const title = 'gin-contrib/cors';

export const framework = defineCorsLibrary({
  id: 'gin-cors',
  title: 'gin-contrib/cors (Go)',
  documentation: 'https://pkg.go.dev/github.com/gin-contrib/cors',
  reads:
    '`cors.New(cors.Config{…})`, `cors.DefaultConfig()` and the fields written to it, `cors.Default()`; ' +
    'wildcards, patterns, origin functions',
  mentions: ['gin-contrib/cors'],
  languages: ['go'],
  uses: [
    {
      packageName,
      title,
      options: placed(optionsOf('New'), inOrder(ginRoutes)),
      table: ginCorsAt,
      refine: (policy) => ({ ...policy, facts: [...policy.facts, ...starredMethods(policy, title)] }),
    },
    {
      packageName,
      title,
      options: placed(made('Default'), inOrder(ginRoutes)),
      table: ginDefaultAt,
    },
  ],
});
