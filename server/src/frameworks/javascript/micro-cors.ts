/** `micro-cors`, which writes whatever the option holds into the header. */
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { optionsMethod } from '../../policy/request-test.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import { argumentOf } from '../../models/libraries/option-finders.ts';
import { byRelease } from '../../models/libraries/releases.ts';

/** As observed of micro-cors 0.1.1 on micro 10; OPTIONS goes on to the handler. */
const microCors: CorsLibrary = {
  options: {
    origin: ['origin'],
    credentials: ['allowCredentials'],
    methods: ['allowMethods'],
    allowedHeaders: ['allowHeaders'],
    exposedHeaders: ['exposeHeaders'],
    maxAge: ['maxAge'],
  },
  otherOptions: [],
  foreignNames: {},
  origin: {
    missing: 'any',
    text: 'sent',
    star: 'any',
    empty: 'sent',
    true: 'sent',
    false: 'sent',
    nothing: 'sent',
    undefined: 'any',
    pattern: 'sent',
    number: 'sent',
    list: 'lines',
    emptyList: 'unknown',
    starInList: 'compared',
    patternInList: 'nobody',
  },
  credentials: { default: true, on: 'truthy', nothingIsDefault: 'undefined' },
  anyWithCredentials: 'literal',
  vary: { any: false, sent: false, checked: 'never' },
  othersFor: 'everybody',
  needsOrigin: false,
  methods: { default: 'POST,GET,PUT,PATCH,DELETE,OPTIONS', separator: ',', everyResponse: false, text: 'fails' },
  allowedHeaders: {
    default: 'X-Requested-With,Access-Control-Allow-Origin,X-HTTP-Method-Override,Content-Type,Authorization,Accept',
    separator: ',',
    everyResponse: false,
    emptyIsDefault: false,
    vary: false,
    text: 'fails',
  },
  exposedHeaders: { default: undefined, separator: ',', onPreflight: true, text: 'fails' },
  maxAge: { default: '86400', zero: true, undefinedIsDefault: true },
  preflight: { when: optionsMethod, status: null },
};

/** By version, as observed of 0.1.1 and 0.1.0. */
const microCorsAt = byRelease(microCors, [
  // Every answer said everything, credentials could not be switched off, and OPTIONS was answered here.
  {
    before: '0.1.1',
    differs: {
      options: { credentials: [], exposedHeaders: [] },
      otherOptions: ['allowCredentials', 'exposeHeaders'],
      origin: { empty: 'any', false: 'any', nothing: 'any' },
      methods: { everyResponse: true },
      allowedHeaders: { everyResponse: true },
      maxAge: { everyResponse: true, zero: false },
      preflight: { status: 200 },
    },
  },
  { before: '0.1.0', differs: { methods: { default: 'POST,GET,PUT,DELETE,OPTIONS' } } },
]);

export const framework = defineCorsLibrary({
  id: 'micro-cors',
  title: 'micro-cors',
  documentation: 'https://github.com/possibilities/micro-cors#readme',
  reads: '`require("micro-cors")(options)`, whose default is `*` together with credentials',
  mentions: ['micro-cors'],
  languages: ['javascript'],
  uses: [
    {
      packageName: 'micro-cors',
      options: argumentOf({ modules: ['micro-cors'], names: ['default'] }),
      table: microCorsAt,
      scope: 'the handler that it wraps',
    },
  ],
});
