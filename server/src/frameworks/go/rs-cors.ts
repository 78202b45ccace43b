/** The Go package `rs/cors`, for net/http, Negroni and others, and its wrapper for Gin. */
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import { byRelease, differing, isBefore } from '../../models/libraries/releases.ts';
import { starredMethods } from '../../models/libraries/starred-methods.ts';
import { beforeRoutes } from './chi-order.ts';
import { goCorsPackage } from './go-cors-package.ts';
import { placed } from './placed-middlewares.ts';
import { wildcardPattern } from '../../models/services/wildcard-pattern.ts';
import { otherKinds } from '../../models/libraries/other-kinds.ts';

/** As `cors.go` of 1.11.1 says. See https://pkg.go.dev/github.com/rs/cors */
const rsCors: CorsLibrary = {
  options: {
    origin: ['AllowedOrigins'],
    credentials: ['AllowCredentials'],
    methods: ['AllowedMethods'],
    allowedHeaders: ['AllowedHeaders'],
    exposedHeaders: ['ExposedHeaders'],
    maxAge: ['MaxAge'],
  },
  otherOptions: ['OptionsPassthrough', 'OptionsSuccessStatus', 'Debug', 'Logger'],
  privateNetwork: 'AllowPrivateNetwork',
  foreignNames: {},
  origin: {
    missing: 'any',
    text: 'fails',
    star: 'any',
    empty: 'fails',
    ...otherKinds('fails', 'fails'),
    nothing: 'any',
    // A variable that is not set is split into one empty text.
    undefined: 'nobody',
    list: 'members',
    emptyList: 'any',
    starInList: 'any',
    ignoresCase: true,
    // The first star stands for any text, and a second one for itself, so that no origin fits.
    wildcard: (text) => (/^[^*]*\*[^*]*$/.test(text) ? { ...wildcardPattern(text), flags: 'i' } : undefined),
    checks: [
      { option: 'AllowOriginVaryRequestFunc', roles: ['request', 'origin'] },
      { option: 'AllowOriginRequestFunc', roles: ['request', 'origin'] },
      { option: 'AllowOriginFunc', roles: ['origin'] },
    ],
    callback: { roles: ['origin'], answers: 'return', as: 'exactly-true', refusal: 'nobody', first: true },
    failure: 'this value is no list of origins, and the program is not compiled',
  },
  credentials: { default: false, on: 'true' },
  anyWithCredentials: 'literal',
  vary: { any: true, sent: true, checked: 'always' },
  othersFor: 'allowed',
  needsOrigin: 'but-vary',
  methods: {
    default: 'GET,POST,HEAD',
    separator: ', ',
    everyResponse: false,
    emptyIsDefault: true,
    answersAsked: true,
  },
  allowedHeaders: {
    default: 'accept,content-type,x-requested-with',
    separator: ', ',
    everyResponse: false,
    emptyIsDefault: true,
    starIsAny: true,
    answersAsked: true,
    vary: false,
  },
  exposedHeaders: { default: undefined, separator: ', ', onPreflight: false, capitalised: true },
  maxAge: { default: undefined, zero: false, negative: '0' },
  preflight: {
    when: { kind: 'preflight' },
    status: 204,
    statusOption: 'OptionsSuccessStatus',
    falsyStatusIsDefault: true,
    continueOption: 'OptionsPassthrough',
    onlyListed: { methods: true, headers: [], otherRequests: true },
  },
  refusesUnknown: (name) => `cors.Options has no field ${name}, and the program is not compiled.`,
};

export const rsCorsAt = byRelease(rsCors, [
  {
    before: '1.10.0',
    differs: {
      // The request header of that name was always allowed.
      allowedHeaders: { default: 'origin,accept,content-type,x-requested-with' },
      methods: { upperCase: true },
      maxAge: { negative: '' },
      preflight: { onlyListed: { methods: true, headers: ['origin'], otherRequests: true } },
    },
  },
  { before: '1.8.0', differs: { preflight: { status: 200 } } },
  // An OPTIONS request that was no preflight got nothing.
  { before: '1.7.0', differs: { preflight: { otherOptions: 'nothing' } } },
  // Beside credentials everybody got the own origin back in place of the star.
  { before: '1.5.0', differs: { anyWithCredentials: 'reflect' } },
  { before: '1.4.0', differs: { allowedHeaders: { default: 'origin,accept,content-type' } } },
]);

/** What `AllowAll()` sets. */
export const open = {
  methods: { default: 'HEAD,GET,POST,PUT,PATCH,DELETE' },
  allowedHeaders: { default: '*' },
} as const;

/** Before 1.5.0 it switched credentials on too. */
const openWithCredentials = { ...open, credentials: { default: true } } as const;
const isCredentialed = (version: string | undefined): boolean => version !== undefined && isBefore(version, '1.5.0');

const packageName = 'github.com/rs/cors';
const modules = [packageName, `${packageName}/wrapper/gin`];
const { optionsOf, made } = goCorsPackage(modules);
const title = 'rs/cors';

export const framework = defineCorsLibrary({
  id: 'rs-cors',
  title: 'rs/cors (Go)',
  documentation: 'https://pkg.go.dev/github.com/rs/cors',
  reads:
    '`cors.New(cors.Options{…})`, `cors.Default()`, `cors.AllowAll()`; origin functions; also through `rs/cors/wrapper/gin`',
  mentions: ['rs/cors'],
  languages: ['go'],
  uses: [
    {
      packageName,
      title,
      options: placed(optionsOf('New'), beforeRoutes),
      table: rsCorsAt,
      refine: (policy) => ({ ...policy, facts: [...policy.facts, ...starredMethods(policy, title)] }),
    },
    { packageName, title, options: placed(made('Default'), beforeRoutes), table: rsCorsAt },
    {
      packageName,
      title,
      options: placed(made('AllowAll'), beforeRoutes),
      table: (version) => differing(rsCorsAt(version), isCredentialed(version) ? openWithCredentials : open),
    },
  ],
});
