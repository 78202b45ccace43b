/**
 * What the npm package `cors` makes of its options, by version, as observed of 2.5.3, 2.6.0, 2.7.2, 2.8.1, 2.8.2, 2.8.4, 2.8.5 and
 * 2.8.6; of 2.4.0 and 2.5.0 as their source says. Express apps call it directly; NestJS on Express, socket.io and others hand their own
 * options to it.
 */
import { always, optionsMethod } from '../../policy/request-test.ts';
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
  allowedHeaders: { default: 'requested', separator: ',', everyResponse: false, emptyIsDefault: 'text', vary: true },
  exposedHeaders: { default: undefined, separator: ',', onPreflight: true },
  maxAge: { default: undefined, zero: true },
  preflight: {
    when: optionsMethod,
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
  // The options of a delegate were not filled up with the defaults, so that without an origin nothing was sent.
  { before: '2.8.3', differs: { delegate: { answers: 'callback', origin: { missing: 'off', undefined: 'off' } } } },
  // An origin that is `undefined` let everybody in, and `Vary` was left away for those who were refused and for mirrored headers.
  {
    before: '2.8.2',
    differs: { origin: { undefined: 'any' }, vary: { checked: 'accepted' }, allowedHeaders: { vary: false } },
  },
  { before: '2.8.0', differs: { otherOptions: ['preflightContinue'], preflight: { statusOption: undefined } } },
  // Lists and patterns were unknown: each member became a header line of its own, for everybody.
  {
    before: '2.7.0',
    differs: {
      origin: { list: 'lines', pattern: 'sent', patternInList: 'nobody', singleInList: undefined },
      vary: { checked: 'always' },
    },
  },
  // A `*` was varied by the origin too, preflights exposed no headers, and none could be left to what stands behind.
  {
    before: '2.6.0',
    differs: {
      otherOptions: [],
      vary: { any: true },
      exposedHeaders: { onPreflight: false },
      preflight: { continueOption: undefined },
    },
  },
  { before: '2.5.0', differs: { vary: { any: false, sent: false, checked: 'never' } } },
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
