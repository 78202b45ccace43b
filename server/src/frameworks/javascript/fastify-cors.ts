/** `@fastify/cors` and its elder `fastify-cors`. */
import { always, optionsMethod, preflightWithOrigin } from '../../policy/request-test.ts';
import { lazily } from '../../policy/lazily.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { Value } from '../../values/value.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { varyOrigin } from '../../models/libraries/grants.ts';
import type { ProgramContext } from '../../models/framework.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { FoundOptions, OptionsFinder } from '../../models/libraries/define-cors-library.ts';
import { usesOf } from '../../models/libraries/imported-calls.ts';
import { argumentPlace, whenAsked } from '../../models/libraries/option-finders.ts';
import { sentRaw } from './dropped-headers.ts';
import { placeOfPlugin } from './fastify-places.ts';
import { unallowedRoute } from './routed-methods.ts';
import { byRelease } from '../../models/libraries/releases.ts';

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
    callback: { roles: ['origin', 'callback'], answers: 'either', as: 'option', refusal: 'passes', varies: true },
  },
  credentials: { default: false, on: 'truthy' },
  anyWithCredentials: 'literal',
  vary: { any: false, sent: false, checked: 'always' },
  othersFor: 'everybody',
  needsOrigin: false,
  methods: { default: 'GET,HEAD,POST', separator: ', ', everyResponse: false, nothingIsEmpty: true },
  allowedHeaders: {
    default: 'requested',
    separator: ', ',
    everyResponse: false,
    emptyIsDefault: false,
    vary: true,
    nothingIsEmpty: 'undefined',
  },
  exposedHeaders: { default: undefined, separator: ', ', onPreflight: true },
  maxAge: { default: undefined, zero: true },
  preflight: {
    when: preflightWithOrigin,
    status: 204,
    otherOptions: 400,
    statusOption: 'optionsSuccessStatus',
    continueOption: 'preflightContinue',
    switchOption: 'preflight',
    strictOption: 'strictPreflight',
  },
  delegate: { answers: 'either' },
};

/** The table for a version; the newest where it is not known. */
export const fastifyCorsAt = byRelease(fastifyCors, [
  // Six methods were allowed by default.
  { before: '11.0.0', differs: { methods: { default: 'GET,HEAD,PUT,PATCH,POST,DELETE' } } },
  { before: '9.0.0', differs: { vary: { any: true, sent: true } } },
  // A list with `*` in it was compared like any other, so that nobody got in by the star.
  { before: '8.2.1', differs: { origin: { starInList: 'compared' } } },
  {
    before: '8.2.0',
    differs: {
      otherOptions: fastifyCors.otherOptions.filter((name) => !/^(hook|delegator|cacheControl|logLevel)$/.test(name)),
    },
  },
  // An empty text, null and the like were everybody, and every OPTIONS was taken for a preflight.
  { before: '5.1.0', differs: { origin: { empty: 'any', nothing: 'any' } } },
  {
    before: '5.0.0',
    differs: {
      origin: { empty: 'off', nothing: 'off' },
      preflight: { when: optionsMethod, otherOptions: undefined },
    },
  },
  { before: '3.0.0', differs: { vary: { any: false } } },
]);

export const framework = defineCorsLibrary({
  id: 'fastify-cors',
  title: '@fastify/cors',
  documentation: 'https://github.com/fastify/fastify-cors#readme',
  reads:
    '`fastify.register(cors, options)` of `@fastify/cors` and `fastify-cors`; origin functions and delegators; by version',
  mentions: ['@fastify/cors', 'fastify-cors'],
  languages: ['javascript'],
  uses: ['@fastify/cors', 'fastify-cors'].map((packageName) => ({
    packageName,
    options: registeredOptions(packageName),
    table: fastifyCorsAt,
    scope: 'every route of this instance',
    refine: (policy, { call }, { program, context, version }) => {
      // Which methods are allowed by default is a matter of the version.
      const facts =
        call && version !== undefined
          ? unallowedRoute(policy, call, `${packageName} ${version}`, program, context.evaluator)
          : [];
      return facts.length === 0 ? policy : { ...policy, facts: [...policy.facts, ...facts] };
    },
  })),
});

/** `fastify.register(cors, options)`. */
function registeredOptions(module: string): OptionsFinder {
  return (program, context) => {
    const options = usesOf(program, { modules: [module], names: ['default', 'fastifyCors'] }).flatMap(
      ({ handedTo }): FoundOptions[] => {
        if (handedTo?.callee.kind !== 'member' || handedTo.callee.property !== 'register') return [];
        const written = argumentPlace(handedTo, 1, context);
        const delegator = lazily(() => delegatorIn(written.value, context));
        return [
          {
            call: handedTo,
            place: whenAsked(written, () => delegator() ?? written.value),
            // What a delegator answers is taken for something that depends on the request.
            get headers() {
              return delegator() === undefined ? [] : [varyOrigin(always, written.range)];
            },
            get facts() {
              return placeOfPlugin(handedTo, program, context);
            },
          },
        ];
      },
    );
    return { options, facts: options.length > 0 ? sentRaw(program, context.evaluator) : [] };
  };
}

/**
 * A delegator is asked for the options of each request: `(instance) => delegator` in place of the options, or
 * `delegator` among them, which leaves the others without meaning. It calls back with `(error, options)` where it takes
 * two parameters, and is a promise of them otherwise.
 */
function delegatorIn(value: Value | undefined, { evaluator }: ProgramContext): Value | undefined {
  const made =
    value?.kind === 'function'
      ? (evaluator.outcomes(value.function, ['other']).find(({ kind }) => kind === 'return')?.values[0] ??
        unknownAt(value))
      : undefined;
  const delegator = made ?? dictEntry(value, 'delegator')?.value;
  return delegator === undefined || delegator.kind === 'function' ? delegator : unknownAt(delegator);
}

function unknownAt({ range }: Value): Value {
  return { kind: 'unknown', range };
}
