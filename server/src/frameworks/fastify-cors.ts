/** `@fastify/cors` and its elder `fastify-cors`. */
import type { Policy } from '../policy/policy.ts';
import { all, originPresent } from '../policy/request-test.ts';
import type { CorsLibrary } from './cors-library.ts';
import { defineFramework } from './framework.ts';
import { usesOf } from './imported-calls.ts';
import { libraryPolicy, optionsBehind } from './library-policy.ts';
import { lt } from 'semver';

/** As observed of @fastify/cors 11.4.3 on Fastify 5. */
export const fastifyCors: CorsLibrary = {
  options: { origin: ['origin'], credentials: ['credentials'], methods: ['methods'], allowedHeaders: ['allowedHeaders'], exposedHeaders: ['exposedHeaders'], maxAge: ['maxAge'] },
  otherOptions: ['hook', 'cacheControl', 'preflight', 'strictPreflight', 'preflightContinue', 'optionsSuccessStatus', 'hideOptionsRoute', 'logLevel', 'delegator'],
  foreignNames: {},
  origin: {
    missing: 'any', text: 'sent', star: 'any', empty: 'fails', true: 'reflect', false: 'off', nothing: 'fails', pattern: 'search',
    list: 'members', emptyList: 'nobody', starInList: 'any', patternInList: 'search',
    callback: { roles: ['origin', 'callback'], answers: 'either', as: 'option', refusal: 'passes' },
  },
  credentials: { default: false, on: 'truthy' },
  anyWithCredentials: 'literal',
  vary: { any: false, sent: false, checked: 'always' },
  othersFor: 'everybody',
  needsOrigin: false,
  methods: { default: 'GET,HEAD,POST', separator: ', ', everyResponse: false },
  allowedHeaders: { default: 'requested', separator: ', ', everyResponse: false, emptyIsDefault: false, vary: true },
  exposedHeaders: { default: undefined, separator: ', ', onPreflight: true },
  maxAge: { default: undefined, zero: true },
  preflight: { when: all([{ kind: 'preflight' }, originPresent]), status: 204, otherOptions: 400, statusOption: 'optionsSuccessStatus', continueOption: 'preflightContinue' },
};

/** Before 11.0.0 six methods were allowed by default. */
const sixMethods: CorsLibrary = { ...fastifyCors, methods: { ...fastifyCors.methods, default: 'GET,HEAD,PUT,PATCH,POST,DELETE' } };

/** The table for a version; the newest where it is not known. */
export function fastifyCorsAt(version: string | undefined): CorsLibrary {
  if (version === undefined || !lt(version, '11.0.0-0')) return fastifyCors;
  return lt(version, '9.0.0-0') ? { ...sixMethods, vary: { any: true, sent: true, checked: 'always' } } : sixMethods;
}

export const framework = defineFramework({
  id: 'fastify-cors',
  title: '@fastify/cors',
  documentation: 'https://github.com/fastify/fastify-cors#readme',
  reads: '`fastify.register(cors, options)` of `@fastify/cors` and `fastify-cors`; origin functions; by version',
  mentions: ['@fastify/cors', 'fastify-cors'],
  shape: 'program',
  languages: ['javascript'],
  read(program, context) {
    const policies: Policy[] = [];
    for (const module of ['@fastify/cors', 'fastify-cors']) {
      const version = context.version(module);
      for (const { handedTo } of usesOf(program, { modules: [module], names: ['default', 'fastifyCors'] })) {
        if (handedTo?.callee.kind !== 'member' || handedTo.callee.property !== 'register') continue;
        policies.push(libraryPolicy(fastifyCorsAt(version), optionsBehind(handedTo, 1, context), { framework: 'fastify-cors', packageName: module, version, scope: 'every route of this instance' }, program, context));
      }
    }
    return { policies, facts: [] };
  },
});
