/** The middleware for CORS of Fiber 2. */
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { optionsMethod } from '../../policy/request-test.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import { byRelease } from '../../models/libraries/releases.ts';
import { fiberRoutes, inOrder } from './late-middlewares.ts';
import { goCorsPackage } from './go-cors-package.ts';
import { fiber3Cors } from './fiber-3-cors.ts';
import { namePattern, stopFor, subdomains, subdomainsOfAnyScheme } from './fiber-origins.ts';
import { otherKinds } from '../../models/libraries/other-kinds.ts';
import { placed } from './placed-middlewares.ts';

/** As `middleware/cors` of 2.52.15 says. See https://docs.gofiber.io/api/middleware/cors */
const fiberCors: CorsLibrary = {
  options: {
    origin: ['AllowOrigins'],
    credentials: ['AllowCredentials'],
    methods: ['AllowMethods'],
    allowedHeaders: ['AllowHeaders'],
    exposedHeaders: ['ExposeHeaders'],
    maxAge: ['MaxAge'],
  },
  otherOptions: ['Next'],
  foreignNames: {},
  origin: {
    missing: 'any',
    text: 'compared',
    separator: ',',
    trims: true,
    patternOf: subdomains,
    star: 'any',
    empty: 'any',
    ...otherKinds('fails', 'fails'),
    nothing: 'fails',
    undefined: 'any',
    list: 'fails',
    emptyList: 'fails',
    starInList: 'compared',
    comparedAs: (text) => text.toLowerCase().replace(/\/$/, ''),
    stopsFor: (text) => stopFor(text, /^[a-z][a-z0-9+.-]*$/i),
    stopsApplication: true,
    checks: [{ option: 'AllowOriginsFunc', roles: ['origin'] }],
    checksBesideList: true,
    callback: { roles: ['origin'], answers: 'return', as: 'exactly-true', refusal: 'nobody', first: true },
    failure: 'this value is no text with origins, and the program is not compiled',
  },
  credentials: { default: false, on: 'true', forEverybody: false },
  anyWithCredentials: 'fails',
  vary: { any: 'options', sent: true, checked: 'always' },
  othersFor: 'everybody',
  needsOrigin: 'but-vary',
  methods: { default: 'GET,POST,HEAD,PUT,DELETE,PATCH', separator: ',', everyResponse: false, emptyIsDefault: true },
  allowedHeaders: { default: 'requested', separator: ',', everyResponse: false, emptyIsDefault: true, vary: false },
  exposedHeaders: { default: undefined, separator: ',', onPreflight: true },
  maxAge: { default: undefined, zero: false, negative: '0', everyResponse: true },
  preflight: { when: { kind: 'preflight' }, status: 204, otherOptions: 'nothing' },
  refusesUnknown: (name) => `cors.Config has no field ${name}, and the program is not compiled.`,
};

const fiberCorsAt = byRelease(fiberCors, [
  { before: '2.52.6', differs: { origin: { stopsFor: (text) => stopFor(text, /^https?$/i) } } },
  {
    before: '2.52.4',
    differs: {
      // A star for the first name of the host was compared without the scheme, the port and the dot behind it.
      origin: { patternOf: subdomainsOfAnyScheme, unlisted: 'empty' },
      credentials: { forEverybody: 'but-options' },
      maxAge: { everyResponse: false },
      vary: { any: true },
      needsOrigin: false,
      exposedHeaders: { onPreflight: false },
      preflight: { when: optionsMethod, otherOptions: undefined },
    },
  },
  {
    before: '2.52.1',
    differs: {
      origin: {
        patternOf: namePattern,
        starInList: 'others',
        comparedAs: undefined,
        stopsFor: undefined,
        stopsApplication: undefined,
      },
      credentials: { forEverybody: true },
      anyWithCredentials: 'literal',
    },
  },
  // A function alone had the star beside it.
  { before: '2.52.0', differs: { origin: { checksBesideList: 'missing-too' } } },
  { before: '2.50.0', differs: { maxAge: { negative: '' } } },
  // Beside credentials everybody got the own origin back in place of the star.
  { before: '2.43.0', differs: { anyWithCredentials: 'reflect', origin: { checks: [] } } },
]);

const fiber2 = 'github.com/gofiber/fiber/v2';
const fiber3 = 'github.com/gofiber/fiber/v3';
const names = { type: 'Config', defaults: 'ConfigDefault' };
const two = goCorsPackage([`${fiber2}/middleware/cors`], names);
const three = goCorsPackage([`${fiber3}/middleware/cors`], names);

export const framework = defineCorsLibrary({
  id: 'fiber-cors',
  title: 'Fiber (Go)',
  documentation: 'https://docs.gofiber.io/middleware/cors',
  reads:
    '`cors.New()`, `cors.New(cors.Config{…})`, `cors.ConfigDefault` and the fields written to it; texts with several origins, ' +
    'lists, wildcards, origin functions; releases 2 and 3',
  mentions: ['gofiber/fiber'],
  languages: ['go'],
  uses: [
    {
      packageName: fiber2,
      title: 'Fiber',
      options: placed(two.optionsOf('New'), inOrder(fiberRoutes)),
      table: fiberCorsAt,
    },
    {
      packageName: fiber3,
      title: 'Fiber',
      options: placed(three.optionsOf('New'), inOrder(fiberRoutes)),
      table: fiber3Cors,
    },
  ],
});
