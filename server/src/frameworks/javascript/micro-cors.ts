/** `micro-cors`, which writes whatever the option holds into the header. */
import type { Policy } from '../../policy/policy.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineFramework } from '../../models/framework.ts';
import { usesOf } from '../../models/libraries/imported-calls.ts';
import { argumentPlace, libraryPolicy } from '../../models/libraries/library-policy.ts';

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
  credentials: { default: true, on: 'truthy' },
  anyWithCredentials: 'literal',
  vary: { any: false, sent: false, checked: 'never' },
  othersFor: 'everybody',
  needsOrigin: false,
  methods: { default: 'POST,GET,PUT,PATCH,DELETE,OPTIONS', separator: ',', everyResponse: false },
  allowedHeaders: {
    default: 'X-Requested-With,Access-Control-Allow-Origin,X-HTTP-Method-Override,Content-Type,Authorization,Accept',
    separator: ',',
    everyResponse: false,
    emptyIsDefault: false,
    vary: false,
  },
  exposedHeaders: { default: undefined, separator: ',', onPreflight: true },
  maxAge: { default: '86400', zero: true },
  preflight: { when: { kind: 'method', name: 'OPTIONS' }, status: null },
};

export const framework = defineFramework({
  id: 'micro-cors',
  title: 'micro-cors',
  documentation: 'https://github.com/possibilities/micro-cors#readme',
  reads: '`require("micro-cors")(options)`, whose default is `*` together with credentials',
  mentions: ['micro-cors'],
  shape: 'program',
  languages: ['javascript'],
  read(program, context) {
    const version = context.version('micro-cors');
    const policies = usesOf(program, { modules: ['micro-cors'], names: ['default'] }).flatMap(({ call }): Policy[] =>
      call
        ? [
            libraryPolicy(
              microCors,
              argumentPlace(call, 0, context),
              { framework: 'micro-cors', packageName: 'micro-cors', version, scope: 'the handler that it wraps' },
              program,
              context,
            ),
          ]
        : [],
    );
    return { policies, facts: [] };
  },
});
