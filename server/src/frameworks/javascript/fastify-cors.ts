/** `@fastify/cors` and its elder `fastify-cors`. */
import type { Policy } from '../../policy/policy.ts';
import { all, always, originPresent } from '../../policy/request-test.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { Value } from '../../values/value.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import type { OptionsPlace } from '../../models/libraries/library-context.ts';
import type { ProgramContext } from '../../models/framework.ts';
import { defineFramework } from '../../models/framework.ts';
import { usesOf } from '../../models/libraries/imported-calls.ts';
import { varyOrigin } from '../../models/libraries/grants.ts';
import { libraryPolicy, optionsBehind } from '../../models/libraries/library-policy.ts';
import { lt } from 'semver';

/** As observed of @fastify/cors 11.4.3 on Fastify 5. */
export const fastifyCors: CorsLibrary = {
  options: {
    origin: ['origin'],
    credentials: ['credentials'],
    methods: ['methods'],
    allowedHeaders: ['allowedHeaders'],
    exposedHeaders: ['exposedHeaders'],
    maxAge: ['maxAge'],
  },
  otherOptions: [
    'hook',
    'cacheControl',
    'preflight',
    'strictPreflight',
    'preflightContinue',
    'optionsSuccessStatus',
    'hideOptionsRoute',
    'logLevel',
    'delegator',
  ],
  foreignNames: {},
  origin: {
    missing: 'any',
    text: 'sent',
    star: 'any',
    empty: 'fails',
    true: 'reflect',
    false: 'off',
    nothing: 'fails',
    pattern: 'search',
    list: 'members',
    emptyList: 'nobody',
    starInList: 'any',
    patternInList: 'search',
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
  preflight: {
    when: all([{ kind: 'preflight' }, originPresent]),
    status: 204,
    otherOptions: 400,
    statusOption: 'optionsSuccessStatus',
    continueOption: 'preflightContinue',
  },
};

/** Before 11.0.0 six methods were allowed by default. */
const sixMethods: CorsLibrary = {
  ...fastifyCors,
  methods: { ...fastifyCors.methods, default: 'GET,HEAD,PUT,PATCH,POST,DELETE' },
};

/** The table for a version; the newest where it is not known. */
export function fastifyCorsAt(version: string | undefined): CorsLibrary {
  if (version === undefined || !lt(version, '11.0.0-0')) return fastifyCors;
  return lt(version, '9.0.0-0') ? { ...sixMethods, vary: { any: true, sent: true, checked: 'always' } } : sixMethods;
}

export const framework = defineFramework({
  id: 'fastify-cors',
  title: '@fastify/cors',
  documentation: 'https://github.com/fastify/fastify-cors#readme',
  reads:
    '`fastify.register(cors, options)` of `@fastify/cors` and `fastify-cors`; origin functions and delegators; by version',
  mentions: ['@fastify/cors', 'fastify-cors'],
  shape: 'program',
  languages: ['javascript'],
  read(program, context) {
    const policies: Policy[] = [];
    for (const module of ['@fastify/cors', 'fastify-cors']) {
      const version = context.version(module);
      for (const { handedTo } of usesOf(program, { modules: [module], names: ['default', 'fastifyCors'] })) {
        if (handedTo?.callee.kind !== 'member' || handedTo.callee.property !== 'register') continue;
        const written = optionsBehind(handedTo, 1, context);
        const place = delegated(written, context);
        const policy = libraryPolicy(
          fastifyCorsAt(version),
          place,
          { framework: 'fastify-cors', packageName: module, version, scope: 'every route of this instance' },
          program,
          context,
        );
        // What a delegator answers is taken for something that depends on the request.
        policies.push(
          place === written ? policy : { ...policy, headers: [...policy.headers, varyOrigin(always, place.range)] },
        );
      }
    }
    return { policies, facts: [] };
  },
});

/**
 * A delegator is asked for the options of each request: `(instance) => delegator` in place of the options, or `delegator` among them, which leaves
 * the others without meaning. It calls back with `(error, options)` where it takes two parameters, and is a promise of them otherwise.
 */
function delegated(place: OptionsPlace, { evaluator }: ProgramContext): OptionsPlace {
  const { value } = place;
  const made =
    value?.kind === 'function'
      ? (evaluator.outcomes(value.function, ['other']).find(({ kind }) => kind === 'return')?.values[0] ??
        unknownAt(value))
      : undefined;
  const delegator = made ?? dictEntry(value, 'delegator')?.value;
  if (delegator === undefined) return place;
  if (delegator.kind !== 'function') return { ...place, value: unknownAt(delegator) };
  const answersBack = delegator.function.parameters.length === 2;
  const choices = evaluator
    .outcomes(delegator.function, ['request', answersBack ? 'callback' : 'other'])
    .flatMap(({ kind, when, values }) => {
      const options = kind === (answersBack ? 'call' : 'return') ? values[answersBack ? 1 : 0] : undefined;
      return options === undefined ? [] : [{ when, value: options }];
    });
  return {
    ...place,
    value: choices.length === 0 ? unknownAt(delegator) : { kind: 'one-of', choices, range: delegator.range },
  };
}

function unknownAt({ range }: Value): Value {
  return { kind: 'unknown', range };
}
