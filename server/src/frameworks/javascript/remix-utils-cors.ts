/** `cors` of remix-utils, for loaders, actions and middleware of Remix and React Router. */
import type { Policy } from '../../policy/policy.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import type { OptionsPlace } from '../../models/libraries/library-context.ts';
import { defineFramework } from '../../models/framework.ts';
import { usesOf } from '../../models/libraries/imported-calls.ts';
import { argumentPlace, libraryPolicy, optionsBehind } from '../../models/libraries/library-policy.ts';

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
  methods: { default: 'GET,HEAD,PUT,PATCH,POST,DELETE', separator: ',', everyResponse: false },
  allowedHeaders: { default: 'requested', separator: ',', everyResponse: false, emptyIsDefault: true, vary: true },
  exposedHeaders: { default: undefined, separator: ',', onPreflight: true },
  maxAge: { default: undefined, zero: true },
  preflight: { when: { kind: 'method', name: 'OPTIONS' }, status: null },
};

export const framework = defineFramework({
  id: 'remix-utils-cors',
  title: 'remix-utils (Remix, React Router)',
  documentation: 'https://github.com/sergiodxa/remix-utils#cors',
  reads: '`cors(request, response, options)` of `remix-utils/cors`, and `createCorsMiddleware(options)`',
  mentions: ['remix-utils'],
  shape: 'program',
  languages: ['javascript'],
  read(program, context) {
    const version = context.version('remix-utils');
    const policy = (place: OptionsPlace, scope: string): Policy =>
      libraryPolicy(
        remixCors,
        place,
        { framework: 'remix-utils-cors', packageName: 'remix-utils', version, scope },
        program,
        context,
      );
    const responses = usesOf(program, { modules: ['remix-utils/cors', 'remix-utils'], names: ['cors'] });
    const middleware = usesOf(program, {
      modules: ['remix-utils/middleware/cors'],
      names: ['createCorsMiddleware', 'unstable_createCorsMiddleware'],
    });
    return {
      policies: [
        ...responses.flatMap(({ call }) =>
          call && call.arguments.length >= 2 ? [policy(optionsBehind(call, 2, context), 'this response')] : [],
        ),
        ...middleware.flatMap(({ call }) =>
          call ? [policy(argumentPlace(call, 0, context), 'every route below')] : [],
        ),
      ],
      facts: [],
    };
  },
});
