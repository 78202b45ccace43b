/** `@elysiajs/cors`, which lets everybody in with cookies unless it is told otherwise. */
import type { Pattern } from '../../policy/request-test.ts';
import { optionsMethod } from '../../policy/request-test.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { OptionsFinder } from '../../models/libraries/define-cors-library.ts';
import { replacedHeaders } from './dropped-headers.ts';
import { middlewareArgument } from '../../models/libraries/option-finders.ts';
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
    number: 'nobody',
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
  credentials: { default: true, on: 'true', nothingIsDefault: 'undefined' },
  anyWithCredentials: 'literal',
  vary: { any: true, sent: true, checked: 'always' },
  othersFor: 'everybody',
  needsOrigin: false,
  methods: { default: 'unknown', separator: ',', everyResponse: 'but-options' },
  allowedHeaders: { default: 'unknown', separator: ',', everyResponse: true, emptyIsDefault: false, vary: false },
  exposedHeaders: { default: 'unknown', separator: ',', onPreflight: true },
  maxAge: { default: '5', zero: false, undefinedIsDefault: true },
  preflight: { when: optionsMethod, status: 204, switchOption: 'preflight' },
};

/** The table for a version; the newest where it is not known. */
const elysiaCorsAt = byRelease(elysiaCors, [
  // An OPTIONS request that is no preflight was told its own method.
  { before: '1.4.1', differs: { methods: { everyResponse: true } } },
  // A text was compared with the caller's host: one with a scheme, as everybody writes it, let nobody in.
  { before: '1.3.3', differs: { origin: { wildcard: comparedWithHost, writtenAs: hostOf } } },
  // A host without a scheme was looked for anywhere in the origin. https://nvd.nist.gov/vuln/detail/CVE-2025-50864
  {
    before: '1.3.1',
    differs: { origin: { wildcard: (text) => hostPattern(text, (host) => host), writtenAs: (origin) => origin } },
  },
  // Nothing of the request was mirrored: without options everybody got `*`, and a text was compared with the caller's host.
  {
    before: '1.0.5',
    differs: {
      options: { exposedHeaders: ['exposedHeaders'] },
      origin: { missing: 'any', wildcard: comparedWithHost, writtenAs: hostOf },
      methods: { default: '*', everyResponse: true },
      allowedHeaders: { default: '*' },
      exposedHeaders: { default: '*' },
    },
  },
  // The caller's own origin and method again, and a list knew no `*`.
  {
    before: '1.0.0',
    differs: {
      origin: { missing: 'reflect', star: 'compared', starInList: 'compared' },
      methods: { default: 'unknown' },
      exposedHeaders: { default: undefined },
    },
  },
  { before: '0.8.0', differs: { credentials: { default: false }, methods: { default: '*' } } },
]);

/** How an origin has to be written for `comparedWithHost`. */
function hostOf(origin: string): string {
  return origin.replace(/^[^:/]+:\/\//, '');
}

/** The text has to be what stands behind the scheme, so that a whole origin fits no caller. */
function comparedWithHost(text: string): Pattern | undefined {
  if (text === '' || text === '*' || text === 'null') return undefined;
  return { source: `^[^:/]+://${escaped(text)}$`, flags: '', dialect: 'javascript', mode: 'search' };
}

/** A text without a scheme is a host, with its port, of either scheme; `null` is an origin of its own. */
function hostPattern(text: string, source: (host: string) => string): Pattern | undefined {
  if (/:\/\/|\*/.test(text) || text === '' || text === 'null') return undefined;
  return { source: source(escaped(text)), flags: '', dialect: 'javascript', mode: 'search' };
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

const makers = middlewareArgument({ modules: ['@elysiajs/cors'], names: ['cors', 'default'] });

/** The function that makes the plugin is one itself: `app.use(cors)` calls it with the app, in which it finds no options. */
const made: OptionsFinder = (program, context) => {
  const { options, facts = [] } = makers(program, context);
  const lost = options.length > 0 ? replacedHeaders(program) : [];
  return { options, facts: [...facts.filter(({ kind }) => kind !== 'middleware-not-called'), ...lost] };
};

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
      options: made,
      table: elysiaCorsAt,
    },
  ],
});
