/** `corsRouter(http, options)` of convex-helpers, for HTTP actions of Convex. */
import type { Pattern } from '../../policy/request-test.ts';
import { optionsMethod } from '../../policy/request-test.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import { argumentOf } from '../../models/libraries/option-finders.ts';
import { byRelease } from '../../models/libraries/releases.ts';
import { otherKinds } from '../../models/libraries/other-kinds.ts';

/** As written in the source of convex-helpers 0.1.135. */
const convexCors: CorsLibrary = {
  options: {
    origin: ['allowedOrigins'],
    credentials: ['allowCredentials'],
    methods: [],
    allowedHeaders: ['allowedHeaders'],
    exposedHeaders: ['exposedHeaders'],
    maxAge: ['browserCacheMaxAge'],
  },
  otherOptions: ['enforceAllowOrigins', 'debug'],
  foreignNames: {
    origin: 'allowedOrigins',
    origins: 'allowedOrigins',
    alloworigins: 'allowedOrigins',
    credentials: 'allowCredentials',
    allowheaders: 'allowedHeaders',
    exposeheaders: 'exposedHeaders',
    maxage: 'browserCacheMaxAge',
  },
  origin: {
    missing: 'any',
    text: 'fails',
    star: 'compared',
    empty: 'fails',
    ...otherKinds('fails', 'nobody'),
    nothing: 'unknown',
    undefined: 'any',
    list: 'members',
    emptyList: 'nobody',
    starInList: 'any',
    wildcard: subdomains,
    failure: 'every request is answered by an error, because this value is no list',
  },
  credentials: { default: false, on: 'truthy' },
  anyWithCredentials: 'reflect',
  reflectsAny: true,
  vary: { any: true, sent: true, checked: 'always' },
  othersFor: 'everybody',
  needsOrigin: 'for-origin',
  // Those of the routes of a path.
  methods: { default: 'unknown', separator: ', ', everyResponse: false },
  allowedHeaders: {
    default: 'Content-Type',
    separator: ', ',
    everyResponse: false,
    emptyIsDefault: false,
    vary: false,
  },
  exposedHeaders: { default: 'Content-Range, Accept-Ranges', separator: ', ', onPreflight: true },
  maxAge: { default: '86400', zero: true },
  preflight: { when: optionsMethod, status: 204 },
};

/** By version, as written in the sources of 0.1.94 and 0.1.95. */
const convexCorsAt = byRelease(convexCors, [
  // `*` was sent as it stands, where there were no credentials.
  { before: '0.1.95', differs: { reflectsAny: false } },
]);

export const framework = defineCorsLibrary({
  id: 'convex-cors',
  title: 'convex-helpers',
  documentation:
    'https://github.com/get-convex/convex-helpers/blob/main/packages/convex-helpers/README.md#cors-support-for-httprouter',
  reads: '`corsRouter(http, options)` of `convex-helpers/server/cors`',
  mentions: ['convex-helpers'],
  languages: ['javascript'],
  uses: [
    {
      packageName: 'convex-helpers',
      options: argumentOf({ modules: ['convex-helpers/server/cors'], names: ['corsRouter', 'default'] }, 1),
      table: convexCorsAt,
    },
  ],
});

/** `*.example.com`: the domain itself and all below it, by `https:` only. */
function subdomains(text: string): Pattern | undefined {
  if (!text.startsWith('*.')) return undefined;
  const domain = text.slice(2).replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
  return { source: `^https://([^/]*\\.)?${domain}(:[0-9]+)?$`, flags: '', dialect: 'javascript', mode: 'search' };
}
