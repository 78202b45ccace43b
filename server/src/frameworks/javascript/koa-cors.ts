/** `@koa/cors`, and its elders `kcors` and `koa2-cors`. */
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { OptionsFinder } from '../../models/libraries/define-cors-library.ts';
import type { HeaderRule, Policy } from '../../policy/policy.ts';
import { all, not, optionsMethod, some } from '../../policy/request-test.ts';
import type { Registering } from './middleware-places.ts';
import { registeredArgument } from './middleware-places.ts';
import type { Differences } from '../../models/libraries/releases.ts';
import { byRelease, differing } from '../../models/libraries/releases.ts';

/** As observed of @koa/cors 5.0.0. */
export const koaCors: CorsLibrary = {
  options: {
    origin: ['origin'],
    credentials: ['credentials'],
    methods: ['allowMethods'],
    allowedHeaders: ['allowHeaders'],
    exposedHeaders: ['exposeHeaders'],
    maxAge: ['maxAge'],
  },
  otherOptions: ['keepHeadersOnError', 'secureContext', 'privateNetworkAccess'],
  foreignNames: {},
  origin: {
    missing: 'any',
    text: 'sent',
    star: 'any',
    empty: 'any',
    true: 'sent',
    false: 'any',
    nothing: 'any',
    pattern: 'sent',
    list: 'lines',
    emptyList: 'unknown',
    starInList: 'compared',
    patternInList: 'nobody',
    callback: { roles: ['context'], answers: 'return', as: 'header', refusal: 'passes' },
  },
  credentials: { default: false, on: 'truthy' },
  anyWithCredentials: 'reflect',
  vary: { any: true, sent: true, checked: 'always' },
  othersFor: 'everybody',
  needsOrigin: false,
  methods: { default: 'GET,HEAD,PUT,POST,DELETE,PATCH', separator: ',', everyResponse: false },
  allowedHeaders: { default: 'requested', separator: ',', everyResponse: false, emptyIsDefault: false, vary: false },
  exposedHeaders: { default: undefined, separator: ',', onPreflight: false },
  maxAge: { default: undefined, zero: false },
  preflight: { when: { kind: 'preflight' }, status: 204, otherOptions: 'nothing' },
};

/** Before 5.0.0, and in the elders, a missing origin means the caller's own. */
const reflects: Differences = {
  origin: { missing: 'reflect', empty: 'reflect', false: 'reflect', nothing: 'reflect' },
};

/** The promise of an origin function was not waited for, and became the header. */
const unawaited: Differences = {
  origin: {
    callback: { roles: ['context'], answers: 'return', as: 'header', refusal: 'passes', promise: 'text' },
  },
};

/** The table of `@koa/cors` for a version; the newest where it is not known. */
export const koaCorsAt = byRelease(koaCors, [
  { before: '5.0.0', differs: reflects },
  // A request without Origin got nothing but `Vary`, except from 3.4.2.
  { before: '4.0.0', differs: { needsOrigin: 'but-vary' } },
  { before: '3.4.3', differs: { needsOrigin: false } },
  { before: '3.4.2', differs: { needsOrigin: 'but-vary' } },
  // `*` beside credentials went out as it stood, which no browser takes.
  { before: '3.4.1', differs: { anyWithCredentials: 'literal' } },
  { before: '3.0.0', differs: unawaited },
]);

/** By the last release, 2.2.2; its elders varied by nothing, and before 2.2.0 they allowed no PATCH. */
const kcorsAt = byRelease(differing(koaCorsAt('2.2.2'), {}), [
  { before: '2.2.1', differs: { needsOrigin: true, vary: { any: false, sent: false, checked: 'never' } } },
  { before: '2.2.0', differs: { methods: { default: 'GET,HEAD,PUT,POST,DELETE' } } },
]);

/** By the last release, 2.0.6. A request without Origin gets `*` where the caller's own is written back. */
const koa2CorsAt = byRelease(
  differing(differing(koaCors, reflects), {
    origin: { starWithoutOrigin: true, ...unawaited.origin },
    credentials: { on: 'true' },
    anyWithCredentials: 'literal',
    methods: { default: 'GET,PUT,POST,PATCH,DELETE,HEAD,OPTIONS' },
    preflight: { otherOptions: undefined },
  }),
  [{ before: '2.0.6', differs: { vary: { any: false, sent: false, checked: 'never' } } }],
);

const registering: Registering = {
  isRoute: ({ call, method }) => method === 'use' && /\.routes\(\)$/.test(call.arguments[0]?.value.text ?? ''),
  routers: /^new\s+\w*Router\b|^\w*Router\(/,
};

export const framework = defineCorsLibrary({
  id: 'koa-cors',
  title: '@koa/cors',
  documentation: 'https://github.com/koajs/cors#readme',
  reads: '`cors(options)` of `@koa/cors`, `kcors`, `koa2-cors` and `@feathersjs/koa`; origin functions; by version',
  mentions: ['@koa/cors', 'kcors', 'koa2-cors', '@feathersjs/koa'],
  languages: ['javascript'],
  uses: [
    { packageName: '@koa/cors', options: maker('@koa/cors', 'default'), table: koaCorsAt },
    { packageName: 'kcors', options: maker('kcors', 'default'), table: kcorsAt },
    {
      packageName: 'koa2-cors',
      options: maker('koa2-cors', 'default'),
      table: koa2CorsAt,
      refine: (policy) => ({ ...policy, headers: policy.headers.map((rule) => asKoa2(rule, policy)) }),
    },
    { packageName: '@feathersjs/koa', options: maker('@feathersjs/koa', 'cors'), table: koaCors },
  ],
});

/** An OPTIONS request that is no preflight is told the origin and nothing else, and a `*` goes without credentials. */
function asKoa2(rule: HeaderRule, { headers }: Policy): HeaderRule {
  if (!/-(credentials|expose-headers)$/.test(rule.name)) return rule;
  const isStar = headers.some(
    ({ name, value, when }) =>
      name === 'access-control-allow-origin' && value.kind === 'text' && value.text === '*' && when.kind === 'always',
  );
  const actual = not(optionsMethod);
  const preflight = { kind: 'preflight' } as const;
  const when = rule.name.endsWith('expose-headers') ? actual : isStar ? preflight : some([actual, preflight]);
  return { ...rule, when: all([rule.when, when]) };
}

function maker(module: string, name: string): OptionsFinder {
  return registeredArgument({ modules: [module], names: [name] }, registering);
}
