/** warp's own filter: `warp::cors()` and its steps. */
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import { chainForm } from '../../models/libraries/options-form.ts';
import type { OptionsForm } from '../../models/libraries/options-form.ts';
import { rustLiterals } from '../../edits/rust-literals.ts';
import { builtBy, adding, addingOne, editedWhereOnce } from './rust-builders.ts';

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
    true: 'unknown',
    false: 'unknown',
    nothing: 'unknown',
    pattern: 'unknown',
    list: 'members',
    emptyList: 'nobody',
    starInList: 'compared',
    patternInList: 'fails',
    stopsFor: (text) => (/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? undefined : 'an origin without its scheme panics'),
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

const literals = rustLiterals((text) => text);
const form: OptionsForm = chainForm(literals, (name, value) =>
  value.startsWith('"') && name !== 'allow_credentials' ? `${name}([${value}])` : `${name}(${value})`,
);

const builder = {
  paths: ['warp', 'warp::filters::cors'],
  makers: { cors: {} },
  steps: {
    allow_any_origin: { option: 'allow_origins', takes: { constant: '*' } } as const,
    allow_origin: addingOne('allow_origins'),
    allow_origins: adding('allow_origins'),
    allow_credentials: { option: 'allow_credentials', takes: 'first' } as const,
    allow_method: addingOne('allow_methods'),
    allow_methods: adding('allow_methods'),
    allow_header: addingOne('allow_headers'),
    allow_headers: adding('allow_headers'),
    expose_header: addingOne('expose_headers'),
    expose_headers: adding('expose_headers'),
    max_age: { option: 'max_age', takes: 'first' } as const,
  },
  form,
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
