/** tuupola/cors-middleware, for Slim, Mezzio and others that take middlewares of PSR-15. */
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import { exportCalls } from '../../models/libraries/imported-calls.ts';
import { argumentPlace } from '../../models/libraries/option-finders.ts';
import { arrayForm } from '../../models/libraries/options-form.ts';
import { otherKinds } from '../../models/libraries/other-kinds.ts';

/** As the middleware of 1.x and neomerx/cors-psr7, which it asks, say. See https://github.com/tuupola/cors-middleware */
const tuupola: CorsLibrary = {
  options: {
    origin: ['origin'],
    credentials: ['credentials'],
    methods: ['methods'],
    allowedHeaders: ['headers.allow'],
    exposedHeaders: ['headers.expose'],
    maxAge: ['cache'],
  },
  otherOptions: ['origin.server', 'error', 'logger'],
  foreignNames: {},
  origin: {
    missing: 'reflect',
    text: 'compared',
    star: 'reflect',
    empty: 'nobody',
    ...otherKinds('nobody', 'nobody'),
    nothing: 'nobody',
    list: 'members',
    emptyList: 'nobody',
    starInList: 'reflect',
    ignoresCase: true,
  },
  credentials: { default: false, on: 'truthy' },
  anyWithCredentials: 'reflect',
  reflectsAny: true,
  vary: { any: true, sent: true, checked: 'allowed' },
  othersFor: 'allowed',
  needsOrigin: true,
  methods: { default: 'GET, POST, PUT, DELETE', separator: ', ', everyResponse: false },
  allowedHeaders: { default: undefined, separator: ', ', everyResponse: false, emptyIsDefault: false, vary: false },
  exposedHeaders: { default: undefined, separator: ', ', onPreflight: false },
  maxAge: { default: undefined, zero: false },
  preflight: { when: { kind: 'preflight' }, status: 200 },
};

export const framework = defineCorsLibrary({
  id: 'tuupola-cors',
  title: 'tuupola/cors-middleware',
  documentation: 'https://github.com/tuupola/cors-middleware',
  reads: '`new CorsMiddleware([…])` of Slim, Mezzio and other programs with middlewares of PSR-15',
  mentions: ['tuupola\\middleware'],
  languages: ['php'],
  uses: [
    {
      packageName: 'tuupola/cors-middleware',
      options: (program, context) => ({
        options: ['CorsMiddleware', 'Cors'].flatMap((name) =>
          exportCalls(program, [`Tuupola\\Middleware\\${name}`], [name]).map((call) => ({
            call,
            place: { ...argumentPlace(call, 0, context), form: arrayForm },
          })),
        ),
      }),
      table: tuupola,
    },
  ],
});
