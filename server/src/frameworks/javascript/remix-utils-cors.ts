/** `cors` of remix-utils, for loaders, actions and middleware of Remix and React Router. */
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { optionsMethod } from '../../policy/request-test.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import { argumentOf } from '../../models/libraries/option-finders.ts';

/** As observed of remix-utils 10.0.0. A function that comes to its end without an answer lets everybody in. */
const remixCors: CorsLibrary = {
  options: {
    origin: ['origin'],
    credentials: ['credentials'],
    methods: ['methods'],
    allowedHeaders: ['allowedHeaders'],
    exposedHeaders: ['exposedHeaders'],
    maxAge: ['maxAge'],
  },
  otherOptions: [],
  foreignNames: {},
  origin: {
    missing: 'reflect',
    text: 'sent',
    star: 'any',
    empty: 'sent',
    true: 'reflect',
    false: 'closed',
    nothing: 'closed',
    undefined: 'any',
    pattern: 'search',
    list: 'members',
    emptyList: 'nobody',
    starInList: 'compared',
    patternInList: 'search',
    callback: { roles: ['origin'], answers: 'return', as: 'option', refusal: 'closed', undefined: 'any' },
  },
  credentials: { default: false, on: 'true' },
  anyWithCredentials: 'literal',
  vary: { any: false, sent: true, checked: 'allowed' },
  othersFor: 'everybody',
  needsOrigin: 'for-origin',
  methods: { default: 'GET,HEAD,PUT,PATCH,POST,DELETE', separator: ',', everyResponse: false, text: 'fails' },
  allowedHeaders: {
    default: 'requested',
    separator: ',',
    everyResponse: false,
    emptyIsDefault: true,
    vary: true,
    text: 'fails',
  },
  exposedHeaders: { default: undefined, separator: ',', onPreflight: true, text: 'fails' },
  maxAge: { default: undefined, zero: true },
  preflight: { when: optionsMethod, status: null },
};

export const framework = defineCorsLibrary({
  id: 'remix-utils-cors',
  title: 'remix-utils (Remix, React Router)',
  documentation: 'https://github.com/sergiodxa/remix-utils#cors',
  reads: '`cors(request, response, options)` of `remix-utils/cors`, and `createCorsMiddleware(options)`',
  mentions: ['remix-utils'],
  languages: ['javascript'],
  uses: [
    {
      packageName: 'remix-utils',
      options: argumentOf({ modules: ['remix-utils/cors', 'remix-utils'], names: ['cors'] }, 2),
      table: remixCors,
      scope: 'this response',
    },
    {
      packageName: 'remix-utils',
      options: argumentOf({
        modules: ['remix-utils/middleware/cors'],
        names: ['createCorsMiddleware', 'unstable_createCorsMiddleware'],
      }),
      table: remixCors,
      scope: 'every route below',
    },
  ],
});
