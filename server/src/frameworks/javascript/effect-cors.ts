/** The CORS middleware of Effect's HTTP servers, which sends `*` unless it is given origins. */
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { optionsMethod } from '../../policy/request-test.ts';
import type { FoundOptions, OptionsFinder } from '../../models/libraries/define-cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import { methodCalls } from '../../models/libraries/imported-calls.ts';
import { argumentPlace } from '../../models/libraries/option-finders.ts';
import { otherKinds } from '../../models/libraries/other-kinds.ts';

/** As observed of @effect/platform 0.84.4; later releases take a function for the origins too. */
const effectCors: CorsLibrary = {
  options: {
    origin: ['allowedOrigins'],
    credentials: ['credentials'],
    methods: ['allowedMethods'],
    allowedHeaders: ['allowedHeaders'],
    exposedHeaders: ['exposedHeaders'],
    maxAge: ['maxAge'],
  },
  otherOptions: [],
  foreignNames: {},
  origin: {
    missing: 'any',
    text: 'compared',
    star: 'any',
    empty: 'any',
    ...otherKinds('fails', 'nobody'),
    nothing: 'fails',
    list: 'members',
    emptyList: 'any',
    starInList: 'any-single',
    singleInList: 'sent',
    callback: { roles: ['origin'], answers: 'return', as: 'truthy', refusal: 'nobody' },
  },
  credentials: { default: false, on: 'truthy' },
  anyWithCredentials: 'literal',
  // A preflight’s own Vary takes the place of that for the origin.
  vary: { any: true, sent: true, checked: 'allowed', notForOptions: true },
  othersFor: 'everybody',
  needsOrigin: false,
  methods: { default: 'GET, HEAD, PUT, PATCH, POST, DELETE', separator: ', ', everyResponse: false },
  allowedHeaders: { default: 'requested', separator: ',', everyResponse: false, emptyIsDefault: true, vary: true },
  exposedHeaders: { default: undefined, separator: ',', onPreflight: true },
  maxAge: { default: undefined, zero: false },
  preflight: { when: optionsMethod, status: 204 },
};

/** Where the middleware is found: the module that holds it, and its name there. */
const makers = [
  { holders: ['HttpMiddleware', 'HttpLayerRouter', 'HttpRouter'], name: 'cors' },
  { holders: ['HttpApiBuilder'], name: 'middlewareCors' },
] as const;

export const framework = defineCorsLibrary({
  id: 'effect-cors',
  title: 'Effect',
  documentation: 'https://effect.website/docs/platform/introduction/',
  reads:
    '`HttpMiddleware.cors(options)`, `HttpLayerRouter.cors` and `HttpApiBuilder.middlewareCors` of `@effect/platform`',
  mentions: ['@effect/platform', 'effect/unstable/http'],
  languages: ['javascript'],
  uses: [{ packageName: '@effect/platform', options: makerOptions, table: effectCors }],
});

/** The argument of a call through the module that holds the maker, as Effect's modules are always written. */
function makerOptions(...[program, context]: Parameters<OptionsFinder>): ReturnType<OptionsFinder> {
  const imported = program.imports.some(({ module }) => /^(@effect\/platform|effect\/unstable\/http)/.test(module));
  if (!imported) return { options: [] };
  return {
    options: makers.flatMap(({ holders, name }) =>
      methodCalls(program, name).flatMap((call): FoundOptions[] => {
        const { callee } = call;
        const holder = callee.kind === 'member' ? callee.object.text : '';
        return holders.some((one) => one === holder) ? [{ call, place: argumentPlace(call, 0, context) }] : [];
      }),
    ),
  };
}
