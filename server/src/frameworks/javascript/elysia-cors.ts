/** `@elysiajs/cors`, which lets everybody in with cookies unless it is told otherwise. */
import type { Pattern } from '../../policy/request-test.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import { argumentOf } from '../../models/libraries/option-finders.ts';
import { byRelease } from '../../models/libraries/releases.ts';

/** As observed of @elysiajs/cors 1.4.2, which by default lists the methods and header names of the very request that it answers. */
const elysiaCors: CorsLibrary = {
  options: {
    origin: ['origin'],
    credentials: ['credentials'],
    methods: ['methods'],
    allowedHeaders: ['allowedHeaders'],
    exposedHeaders: ['exposeHeaders'],
    maxAge: ['maxAge'],
  },
  otherOptions: ['preflight', 'aot'],
  foreignNames: {},
  origin: {
    missing: 'reflect',
    text: 'compared',
    star: 'any',
    empty: 'nobody',
    true: 'reflect',
    false: 'closed',
    nothing: 'unknown',
    pattern: 'search',
    list: 'members',
    emptyList: 'closed',
    starInList: 'any',
    patternInList: 'search',
    wildcard: (text) => hostPattern(text, (host) => `^https?://${host}$`),
    wildcardAlone: true,
    starWithoutOrigin: true,
    callback: { roles: ['request'], answers: 'return', as: 'exactly-true', refusal: 'nobody' },
  },
  credentials: { default: true, on: 'true' },
  anyWithCredentials: 'literal',
  vary: { any: true, sent: true, checked: 'always' },
  othersFor: 'everybody',
  needsOrigin: false,
  methods: { default: 'unknown', separator: ',', everyResponse: 'but-options' },
  allowedHeaders: { default: 'unknown', separator: ',', everyResponse: true, emptyIsDefault: false, vary: false },
  exposedHeaders: { default: 'unknown', separator: ',', onPreflight: true },
  maxAge: { default: '5', zero: false },
  preflight: { when: { kind: 'method', name: 'OPTIONS' }, status: 204 },
};

/** The table for a version; the newest where it is not known. */
const elysiaCorsAt = byRelease(elysiaCors, [
  // A host without a scheme was looked for anywhere in the origin.
  { before: '1.3.1', differs: { origin: { wildcard: (text) => hostPattern(text, (host) => host) } } },
  { before: '1.1.0', differs: { origin: { wildcard: elysiaCors.origin.wildcard } } },
]);

/** A text without a scheme is a host, with its port, of either scheme; `null` is an origin of its own. */
function hostPattern(text: string, source: (host: string) => string): Pattern | undefined {
  if (text.includes('://') || text === '' || text === '*' || text === 'null') return undefined;
  const host = text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return { source: source(host), flags: '', dialect: 'javascript', mode: 'search' };
}

export const framework = defineCorsLibrary({
  id: 'elysia-cors',
  title: '@elysiajs/cors',
  documentation: 'https://elysiajs.com/plugins/cors',
  reads: '`app.use(cors(options))` of `@elysiajs/cors`, whose default reflects every origin with credentials',
  mentions: ['@elysiajs/cors'],
  languages: ['javascript'],
  uses: [
    {
      packageName: '@elysiajs/cors',
      options: argumentOf({ modules: ['@elysiajs/cors'], names: ['cors', 'default'] }),
      table: elysiaCorsAt,
    },
  ],
});
