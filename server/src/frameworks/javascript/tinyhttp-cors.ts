/** `@tinyhttp/cors`. */
import type { CorsLibrary } from '../../models/libraries/cors-library.ts';
import { optionsMethod } from '../../policy/request-test.ts';
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import type { FoundOptions } from '../../models/libraries/define-cors-library.ts';
import { byRelease, differing, isBefore } from '../../models/libraries/releases.ts';
import { dictEntry } from '../../values/dict-entry.ts';
import { mountedArgument } from './mounted-library.ts';

/** As observed of @tinyhttp/cors 2.0.1 on tinyhttp 3. */
const tinyhttpCors: CorsLibrary = {
  options: {
    origin: ['origin'],
    credentials: ['credentials'],
    methods: ['methods'],
    allowedHeaders: ['allowedHeaders'],
    exposedHeaders: ['exposedHeaders'],
    maxAge: ['maxAge'],
  },
  otherOptions: ['optionsSuccessStatus', 'preflightContinue'],
  foreignNames: {},
  origin: {
    missing: 'any',
    text: 'sent',
    star: 'any',
    empty: 'sent',
    true: 'any',
    false: 'closed',
    nothing: 'fails',
    undefined: 'any',
    number: 'fails',
    pattern: 'search',
    list: 'members',
    emptyList: 'nobody',
    starInList: 'any',
    patternInList: 'fails',
    callback: { roles: ['request', 'response'], answers: 'return', as: 'literal', refusal: 'fails' },
  },
  credentials: { default: false, on: 'truthy' },
  anyWithCredentials: 'literal',
  vary: { any: false, sent: false, checked: 'always' },
  othersFor: 'everybody',
  needsOrigin: false,
  methods: { default: 'GET,HEAD,PUT,PATCH,POST,DELETE', separator: ', ', everyResponse: true, upperCase: true },
  allowedHeaders: {
    default: 'content-type',
    separator: 'lines',
    everyResponse: true,
    emptyIsDefault: false,
    vary: false,
  },
  exposedHeaders: { default: undefined, separator: 'lines', onPreflight: true },
  maxAge: { default: undefined, zero: false, everyResponse: true },
  preflight: {
    when: optionsMethod,
    status: 204,
    statusOption: 'optionsSuccessStatus',
    continueOption: 'preflightContinue',
  },
};

/** By version, as observed of 2.0.1, 2.0.0 and 1.3.2. */
const tinyhttpCorsAt = byRelease(tinyhttpCors, [
  // Nothing but texts and functions was varied by.
  {
    before: '2.0.1',
    differs: { origin: { patternInList: 'nobody', starInList: 'reflect' }, vary: { sent: true, checked: 'never' } },
  },
  { before: '1.3.0', differs: { allowedHeaders: { default: undefined } } },
]);

function tableFor(version: string | undefined, { place: { value } }: FoundOptions): CorsLibrary {
  const library = tinyhttpCorsAt(version);
  const kind = dictEntry(value, 'origin')?.value.kind;
  if (kind === 'function') return differing(library, { vary: { checked: 'always' } });
  // Before 2.0.1 whom a list or a pattern did not let in was answered by an error.
  const fails = (kind === 'list' || kind === 'pattern') && version !== undefined && isBefore(version, '2.0.1');
  return fails ? differing(library, { othersFor: 'allowed', origin: { unlistedFails: true } }) : library;
}

export const framework = defineCorsLibrary({
  id: 'tinyhttp-cors',
  title: '@tinyhttp/cors',
  documentation: 'https://github.com/tinyhttp/cors#readme',
  reads: '`cors(options)` of `@tinyhttp/cors`; origin functions, whose `null` and `false` become the header',
  mentions: ['@tinyhttp/cors'],
  languages: ['javascript'],
  uses: [
    {
      packageName: '@tinyhttp/cors',
      options: mountedArgument({ modules: ['@tinyhttp/cors'], names: ['cors'] }),
      table: tableFor,
    },
  ],
});
