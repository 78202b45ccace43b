/** `@tus/server`: what browsers may upload and resume; downloads carry no headers. */
import { optionsMethod } from '../../policy/request-test.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import type { Value } from '../../values/value.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import type { FoundOptions } from '../../models/libraries/define-cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import { exportCalls } from '../../models/libraries/imported-calls.ts';
import { argumentPlace } from '../../models/libraries/option-finders.ts';
import { differing } from '../../models/libraries/releases.ts';

const ownHeaders = [
  'Authorization, Content-Type, Location, Tus-Extension, Tus-Max-Size, Tus-Resumable, Tus-Version, Upload-Concat',
  'Upload-Defer-Length, Upload-Length, Upload-Metadata, Upload-Offset, X-HTTP-Method-Override, X-Requested-With',
  'X-Forwarded-Host, X-Forwarded-Proto, Forwarded',
].join(', ');

/** As written in the source of @tus/server 2.4.5. */
const tusCors: CorsLibrary = {
  options: {
    origin: ['allowedOrigins'],
    credentials: ['allowedCredentials'],
    methods: [],
    allowedHeaders: [],
    exposedHeaders: [],
    maxAge: [],
  },
  otherOptions: [],
  foreignNames: {},
  origin: {
    missing: 'any',
    text: 'fails',
    star: 'compared',
    empty: 'any',
    true: 'fails',
    false: 'any',
    nothing: 'any',
    pattern: 'fails',
    list: 'members',
    emptyList: 'nobody',
    starInList: 'compared',
    patternInList: 'nobody',
    unlisted: 'first',
    failure: 'every upload is answered by an error, because a list is looked for here',
    callback: { roles: ['origin'], answers: 'return', as: 'truthy', refusal: 'nobody', promise: 'yes' },
  },
  credentials: { default: false, on: 'true' },
  anyWithCredentials: 'literal',
  vary: { any: false, sent: false, checked: 'never' },
  othersFor: 'everybody',
  needsOrigin: false,
  methods: { default: 'POST, HEAD, PATCH, OPTIONS, DELETE', separator: ', ', everyResponse: false },
  allowedHeaders: { default: ownHeaders, separator: ', ', everyResponse: false, emptyIsDefault: true, vary: false },
  exposedHeaders: { default: ownHeaders, separator: ', ', onPreflight: true },
  maxAge: { default: '86400', zero: false },
  preflight: { when: optionsMethod, status: 204 },
};

export const framework = defineCorsLibrary({
  id: 'tus-server',
  title: '@tus/server',
  documentation: 'https://github.com/tus/tus-node-server/tree/main/packages/server#optionsallowedorigins',
  reads: '`allowedOrigins` and `allowedCredentials` of `new Server(…)`, and what is sent without them',
  mentions: ['@tus/server'],
  languages: ['javascript'],
  uses: [
    {
      packageName: '@tus/server',
      options: (program, context) => ({
        options: exportCalls(program, ['@tus/server'], ['Server']).map((call) => ({
          call,
          place: argumentPlace(call, 0, context),
        })),
      }),
      table: withAddedHeaders,
      scope: 'uploads',
    },
  ],
});

/** The two lists of headers that an application names are added to what the protocol needs. */
function withAddedHeaders(_version: string | undefined, { place }: FoundOptions): CorsLibrary {
  const allowed = textsOf(dictEntry(place.value, 'allowedHeaders')?.value);
  const exposed = textsOf(dictEntry(place.value, 'exposedHeaders')?.value);
  return differing(tusCors, {
    allowedHeaders: { default: allowed === undefined ? 'unknown' : [ownHeaders, ...allowed].join(', ') },
    ...(exposed && { exposedHeaders: { default: [ownHeaders, ...exposed].join(', ') } }),
  });
}

/** None where nothing is written; undefined for what is not known. */
function textsOf(value: Value | undefined): readonly string[] | undefined {
  if (value === undefined) return [];
  const items = value.kind === 'list' && !value.open ? value.items : undefined;
  const texts = items?.flatMap((item) => (item.kind === 'text' ? [item.text] : []));
  return texts?.length === items?.length ? texts : undefined;
}
