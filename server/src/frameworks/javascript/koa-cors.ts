/** `@koa/cors`, and its elders `kcors` and `koa2-cors`. */
import type { Fact, Policy } from '../../policy/policy.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineFramework } from '../../models/framework.ts';
import { notCalled, usesOf } from '../../models/libraries/imported-calls.ts';
import { argumentPlace, libraryPolicy } from '../../models/libraries/library-policy.ts';
import { lt } from 'semver';

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
const reflecting: CorsLibrary = {
  ...koaCors,
  origin: { ...koaCors.origin, missing: 'reflect', empty: 'reflect', false: 'reflect', nothing: 'reflect' },
};

/** The table of `@koa/cors` for a version; the newest where it is not known. */
export function koaCorsAt(version: string | undefined): CorsLibrary {
  return version !== undefined && lt(version, '5.0.0-0') ? reflecting : koaCors;
}

export const framework = defineFramework({
  id: 'koa-cors',
  title: '@koa/cors',
  documentation: 'https://github.com/koajs/cors#readme',
  reads: '`cors(options)` of `@koa/cors`, `kcors`, `koa2-cors` and `@feathersjs/koa`; origin functions; by version',
  mentions: ['@koa/cors', 'kcors', 'koa2-cors', '@feathersjs/koa'],
  shape: 'program',
  languages: ['javascript'],
  read(program, context) {
    const policies: Policy[] = [];
    const facts: Fact[] = [];
    for (const { module, names } of [
      { module: '@koa/cors', names: ['default'] },
      { module: 'kcors', names: ['default'] },
      { module: 'koa2-cors', names: ['default'] },
      { module: '@feathersjs/koa', names: ['cors'] },
    ]) {
      const version = context.version(module);
      const library = module === '@feathersjs/koa' ? koaCors : module === '@koa/cors' ? koaCorsAt(version) : reflecting;
      for (const use of usesOf(program, { modules: [module], names })) {
        if (use.call)
          policies.push(
            libraryPolicy(
              library,
              argumentPlace(use.call, 0, context),
              { framework: 'koa-cors', packageName: module, version, scope: 'every route' },
              program,
              context,
            ),
          );
        else if (use.uncalled) facts.push(notCalled(use.uncalled));
      }
    }
    return { policies, facts };
  },
});
