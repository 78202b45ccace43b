/**
 * What the npm package `cors` makes of its options, by version, as observed of 2.7.2, 2.8.1, 2.8.4, 2.8.5 and 2.8.6. Express apps
 * call it directly; NestJS on Express, socket.io and others hand their own options to it.
 */
import { lt } from 'semver';
import { always } from '../../policy/request-test.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import type { LibraryPolicy } from '../../models/libraries/read-library-options.ts';
import type { OptionsPlace } from '../../models/libraries/library-context.ts';
import { readLibraryOptions } from '../../models/libraries/read-library-options.ts';
import type { ProgramText } from '../../models/libraries/origin-entries.ts';

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
};

/** Until 2.8.4 a `maxAge` of 0 was not sent, and a falsy `optionsSuccessStatus` was as good as none. */
const at284: CorsLibrary = {
  ...corsPackage,
  maxAge: { ...corsPackage.maxAge, zero: false },
  preflight: { ...corsPackage.preflight, falsyStatusIsDefault: true },
};

/** Until 2.8.1 an origin that is `undefined` let everybody in, and `Vary` was left away for those who were refused and for mirrored headers. */
const at281: CorsLibrary = {
  ...at284,
  origin: { ...at284.origin, undefined: 'any' },
  vary: { ...at284.vary, checked: 'accepted' },
  allowedHeaders: { ...at284.allowedHeaders, vary: false },
};

/** 2.7 had no `optionsSuccessStatus`. */
const at27: CorsLibrary = {
  ...at281,
  otherOptions: ['preflightContinue'],
  preflight: { ...at281.preflight, statusOption: undefined },
};

/** The table for a version; the newest where it is not known. */
export function corsPackageAt(version: string | undefined): CorsLibrary {
  if (version === undefined || !lt(version, '2.8.5')) return corsPackage;
  if (!lt(version, '2.8.2')) return at284;
  return lt(version, '2.8.0') ? at27 : at281;
}

/** The same for options that a delegate hands over: until 2.8.1 those were not filled up with the defaults, so that without an origin nothing is sent. */
export function corsDelegateAt(version: string | undefined): CorsLibrary {
  const library = corsPackageAt(version);
  return library.origin.undefined === undefined
    ? library
    : { ...library, origin: { ...library.origin, missing: 'off', undefined: 'off' } };
}

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
