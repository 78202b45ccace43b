/** warp's own filter: `warp::cors()` and its steps. */
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import { builtBy, editedWhereOnce, namesForm, namesSteps } from './rust-builders.ts';
import { otherKinds } from '../../models/libraries/other-kinds.ts';

const packageName = 'warp';

/** As `filters/cors.rs` of 0.3.7 says. See https://docs.rs/warp/0.3/warp/filters/cors/struct.Builder.html */
const warpCors: CorsLibrary = {
  options: {
    origin: ['allow_origins'],
    credentials: ['allow_credentials'],
    methods: ['allow_methods'],
    allowedHeaders: ['allow_headers'],
    exposedHeaders: ['expose_headers'],
    maxAge: ['max_age'],
  },
  otherOptions: [],
  foreignNames: {},
  origin: {
    missing: 'any',
    text: 'compared',
    star: 'any',
    empty: 'unknown',
    ...otherKinds('unknown', 'fails'),
    nothing: 'unknown',
    list: 'members',
    emptyList: 'nobody',
    starInList: 'compared',
    stopsFor,
    // It is read as an address, of which a lone slash is no part.
    comparedAs: (text) => text.replace(/^([a-z][a-z0-9+.-]*:\/\/[^/]+)\/$/i, '$1'),
    stopsApplication: true,
    unlistedFails: 403,
  },
  credentials: { default: false, on: 'true' },
  anyWithCredentials: 'reflect',
  reflectsAny: true,
  vary: { any: false, sent: false, checked: 'never' },
  othersFor: 'allowed',
  needsOrigin: true,
  methods: { default: '', separator: ', ', everyResponse: false },
  allowedHeaders: { default: '', separator: ', ', everyResponse: false, emptyIsDefault: false, vary: false },
  exposedHeaders: { default: undefined, separator: ', ', onPreflight: true },
  maxAge: { default: undefined, zero: true },
  preflight: {
    when: { kind: 'preflight' },
    status: 200,
    refused: 403,
    otherOptions: 'refused',
    onlyListed: { methods: true, headers: [], refuses: true },
  },
};

/** Why the builder panics for an origin. */
function stopsFor(text: string): string | undefined {
  const rest = /^[a-z][a-z0-9+.-]*:\/\/(.*)$/i.exec(text)?.[1];
  if (rest === undefined) return 'an origin without its scheme panics';
  return /^[^/]*\/?$/.test(rest) ? undefined : 'an origin with a path panics';
}

const builder = {
  paths: ['warp', 'warp::filters::cors'],
  makers: { cors: {} },
  steps: {
    ...namesSteps,
    allow_any_origin: { option: 'allow_origins', takes: { constant: '*' } } as const,
  },
  form: namesForm,
};

export const framework = defineCorsLibrary({
  id: 'warp-cors',
  title: 'warp',
  documentation: 'https://docs.rs/warp/0.3/warp/filters/cors/index.html',
  reads: '`warp::cors()` with its steps; without origins it lets everybody in',
  mentions: ['warp::'],
  languages: ['rust'],
  uses: [
    {
      packageName,
      title: 'warp::cors',
      options: (program, context) => ({ options: builtBy(program, context, builder) }),
      table: warpCors,
      refine: (policy, found) => editedWhereOnce(policy, found, ['allow_origins']),
    },
  ],
});
