/** The middleware for CORS of Fiber 3, as a table. */
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { stopFor, wholeSubdomains } from './fiber-origins.ts';
import { otherKinds } from '../../models/libraries/other-kinds.ts';

/** As `middleware/cors` of 3.1.0 says. See https://docs.gofiber.io/middleware/cors */
export const fiber3Cors: CorsLibrary = {
  options: {
    origin: ['AllowOrigins'],
    credentials: ['AllowCredentials'],
    methods: ['AllowMethods'],
    allowedHeaders: ['AllowHeaders'],
    exposedHeaders: ['ExposeHeaders'],
    maxAge: ['MaxAge'],
  },
  otherOptions: ['Next', 'DisableValueRedaction'],
  privateNetwork: 'AllowPrivateNetwork',
  foreignNames: {},
  origin: {
    missing: 'any',
    text: 'fails',
    star: 'any',
    empty: 'fails',
    ...otherKinds('fails', 'fails'),
    nothing: 'any',
    // A variable that is not set is split into one empty text, which is no origin.
    undefined: 'nobody',
    list: 'members',
    emptyList: 'any',
    starInList: 'any',
    wildcard: wholeSubdomains,
    comparedAs: (text) => text.trim().toLowerCase().replace(/\/$/, ''),
    stopsFor: (text) => stopFor(text.trim(), /^[a-z][a-z0-9+.-]*$/i),
    stopsApplication: true,
    checks: [{ option: 'AllowOriginsFunc', roles: ['origin'] }],
    checksBesideList: true,
    callback: { roles: ['origin'], answers: 'return', as: 'exactly-true', refusal: 'nobody', first: true },
    failure: 'this value is no list of origins, and the program is not compiled',
  },
  credentials: { default: false, on: 'true', forEverybody: false },
  anyWithCredentials: 'fails',
  vary: { any: 'options', sent: true, checked: 'always' },
  othersFor: 'everybody',
  needsOrigin: 'but-vary',
  methods: {
    default: 'GET, POST, HEAD, PUT, DELETE, PATCH',
    separator: ', ',
    everyResponse: false,
    emptyIsDefault: true,
  },
  allowedHeaders: { default: 'requested', separator: ', ', everyResponse: false, emptyIsDefault: true, vary: false },
  exposedHeaders: { default: undefined, separator: ', ', onPreflight: true },
  maxAge: { default: undefined, zero: false, negative: '0' },
  preflight: { when: { kind: 'preflight' }, status: 204, otherOptions: 'nothing' },
  refusesUnknown: (name) => `cors.Config has no field ${name}, and the program is not compiled.`,
};
