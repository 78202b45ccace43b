/**
 * What the npm package `cors` makes of its options, as observed of 2.8.5 and 2.8.6, which answer alike. Express apps call it
 * directly; NestJS on Express, socket.io and others hand their own options to it.
 */
import { always } from '../policy/request-test.ts';
import type { RequestTest } from '../policy/request-test.ts';
import type { Evaluator } from '../values/evaluator.ts';
import type { CorsLibrary, LibraryPolicy, OptionsPlace } from './cors-library.ts';
import { readLibraryOptions } from './cors-library.ts';
import type { ProgramText } from './origin-entries.ts';

export const corsPackage: CorsLibrary = {
  options: { origin: ['origin'], credentials: ['credentials'], methods: ['methods'], allowedHeaders: ['allowedHeaders', 'headers'], exposedHeaders: ['exposedHeaders'], maxAge: ['maxAge'] },
  otherOptions: ['preflightContinue', 'optionsSuccessStatus'],
  foreignNames: {},
  origin: {
    missing: 'any', text: 'sent', star: 'any', empty: 'off', true: 'reflect', false: 'off', nothing: 'off', pattern: 'search',
    list: 'members', emptyList: 'nobody', starInList: 'compared', patternInList: 'search',
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
  preflight: { when: { kind: 'method', name: 'OPTIONS' }, status: 204, statusOption: 'optionsSuccessStatus', continueOption: 'preflightContinue' },
};

export type CorsPackagePolicy = LibraryPolicy;

/** Translates the options of one call; `reach` is the condition under which these options apply at all. */
export function readCorsPackageOptions(place: OptionsPlace, evaluator: Evaluator, text: ProgramText, reach: RequestTest = always): CorsPackagePolicy {
  return readLibraryOptions(corsPackage, place, evaluator, text, reach);
}
