/** `CORSPlugin` of oRPC, which lets everybody in unless it is told otherwise. */
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { optionsMethod } from '../../policy/request-test.ts';
import type { OptionsFinder } from '../../models/libraries/define-cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import { exportCalls } from '../../models/libraries/imported-calls.ts';
import { argumentPlace } from '../../models/libraries/option-finders.ts';
import { otherKinds } from '../../models/libraries/other-kinds.ts';

/** As observed of @orpc/server 1.8.6: what is allowed is a text, a list, or what a function returns of these. */
const orpcCors: CorsLibrary = {
  options: {
    origin: ['origin'],
    credentials: ['credentials'],
    methods: ['allowMethods'],
    allowedHeaders: ['allowHeaders'],
    exposedHeaders: ['exposeHeaders'],
    maxAge: ['maxAge'],
  },
  otherOptions: ['timingOrigin'],
  foreignNames: {},
  origin: {
    missing: 'reflect',
    text: 'compared',
    star: 'any',
    empty: 'nobody',
    ...otherKinds('nobody', 'nobody'),
    nothing: 'nobody',
    list: 'members',
    emptyList: 'nobody',
    starInList: 'any',
    callback: { roles: ['origin', 'other'], answers: 'return', as: 'option', refusal: 'nobody' },
  },
  credentials: { default: false, on: 'truthy' },
  anyWithCredentials: 'literal',
  vary: { any: false, sent: true, checked: 'always' },
  othersFor: 'everybody',
  needsOrigin: false,
  methods: { default: 'GET, HEAD, PUT, POST, DELETE, PATCH', separator: ', ', everyResponse: false },
  allowedHeaders: { default: 'requested', separator: ', ', everyResponse: false, emptyIsDefault: false, vary: false },
  exposedHeaders: { default: undefined, separator: ', ', onPreflight: true },
  maxAge: { default: undefined, zero: true },
  preflight: { when: optionsMethod, status: 204 },
};

export const framework = defineCorsLibrary({
  id: 'orpc-cors',
  title: 'oRPC',
  documentation: 'https://orpc.unnoq.com/docs/plugins/cors',
  reads: '`new CORSPlugin(options)` of `@orpc/server/plugins`, whose default reflects every origin; origin functions',
  mentions: ['@orpc/server'],
  languages: ['javascript'],
  uses: [
    {
      packageName: '@orpc/server',
      options: pluginOptions,
      table: orpcCors,
      scope: 'every procedure of this handler',
    },
  ],
});

/** The argument of `new CORSPlugin(…)`. */
function pluginOptions(...[program, context]: Parameters<OptionsFinder>): ReturnType<OptionsFinder> {
  const calls = exportCalls(program, ['@orpc/server/plugins'], ['CORSPlugin', 'experimental_CORSPlugin']);
  return { options: calls.map((call) => ({ call, place: argumentPlace(call, 0, context) })) };
}
