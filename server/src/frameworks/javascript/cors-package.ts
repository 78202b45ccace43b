/**
 * What the npm package `cors` makes of its options, by version, as observed of 2.7.2, 2.8.1, 2.8.4, 2.8.5 and 2.8.6. Express apps
 * call it directly; NestJS on Express, socket.io and others hand their own options to it.
 */
import { always } from '../../policy/request-test.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import type { LibraryPolicy } from '../../models/libraries/read-library-options.ts';
import type { OptionsPlace } from '../../models/libraries/library-context.ts';
import { readLibraryOptions } from '../../models/libraries/read-library-options.ts';
import type { ProgramText } from '../../models/libraries/origin-entries.ts';
import { byRelease } from '../../models/libraries/releases.ts';

/** 2.8.5 and 2.8.6, which answer alike. */
export const corsPackage: CorsLibrary = {
  options: {
    origin: ['origin'],
    credentials: ['credentials'],
    methods: ['methods'],
    allowedHeaders: ['allowedHeaders', 'headers'],
    exposedHeaders: ['exposedHeaders'],
    maxAge: ['maxAge'],
  },
  otherOptions: ['preflightContinue', 'optionsSuccessStatus'],
  foreignNames: {},
  origin: {
    missing: 'any',
    text: 'sent',
    star: 'any',
    empty: 'off',
    true: 'reflect',
    false: 'off',
    nothing: 'off',
    pattern: 'search',
    list: 'members',
    emptyList: 'nobody',
    starInList: 'compared',
    patternInList: 'search',
    callback: { roles: ['origin', 'callback'], answers: 'callback', as: 'option', refusal: 'off' },
  },
  credentials: { default: false, on: 'true' },
  anyWithCredentials: 'literal',
  vary: { any: false, sent: true, checked: 'always' },
  othersFor: 'everybody',
  needsOrigin: false,
  methods: { default: 'GET,HEAD,PUT,PATCH,POST,DELETE', separator: ',', everyResponse: false },
  allowedHeaders: { default: 'requested', separator: ',', everyResponse: false, emptyIsDefault: false, vary: true },
  exposedHeaders: { default: undefined, separator: ',', onPreflight: true },
  maxAge: { default: undefined, zero: true },
  preflight: {
    when: { kind: 'method', name: 'OPTIONS' },
    status: 204,
    statusOption: 'optionsSuccessStatus',
    continueOption: 'preflightContinue',
  },
  delegate: { answers: 'callback' },
};

/** The table for a version; the newest where it is not known. */
export const corsPackageAt = byRelease(corsPackage, [
  // A `maxAge` of 0 was not sent, and a falsy `optionsSuccessStatus` was as good as none.
  { before: '2.8.5', differs: { maxAge: { zero: false }, preflight: { falsyStatusIsDefault: true } } },
  // An origin that is `undefined` let everybody in, and `Vary` was left away for those who were refused and for mirrored headers. The
  // options of a delegate were not filled up with the defaults, so that without an origin nothing was sent.
  {
    before: '2.8.2',
    differs: {
      origin: { undefined: 'any' },
      vary: { checked: 'accepted' },
      allowedHeaders: { vary: false },
      delegate: { answers: 'callback', origin: { missing: 'off', undefined: 'off' } },
    },
  },
  { before: '2.8.0', differs: { otherOptions: ['preflightContinue'], preflight: { statusOption: undefined } } },
]);

export type CorsPackagePolicy = LibraryPolicy;

/** Translates the options of one call; `reach` is the condition under which these options apply at all. */
export function readCorsPackageOptions(
  place: OptionsPlace,
  evaluator: Evaluator,
  text: ProgramText,
  reach: RequestTest = always,
  library: CorsLibrary = corsPackage,
): CorsPackagePolicy {
  return readLibraryOptions(library, place, evaluator, text, reach);
}
