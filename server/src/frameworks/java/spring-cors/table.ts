/**
 * What Spring's `CorsConfiguration` makes of what a program sets, as its sources from 4.2 to 7.0 say and as observed of 4.3, 5.3 and 6.2.
 *
 * https://docs.spring.io/spring-framework/docs/current/javadoc-api/org/springframework/web/cors/CorsConfiguration.html
 */
import type { Pattern } from '../../../policy/request-test.ts';
import type { CorsLibrary } from '../../../models/libraries/cors-library.ts';
import { byRelease, differing } from '../../../models/libraries/releases.ts';
import type { Differences } from '../../../models/libraries/releases.ts';
import { originPattern } from '../../../models/services/spring-cors.ts';
import { dictEntry } from '../../../values/dict-entry.ts';
import type { Value } from '../../../values/value.ts';
import { otherKinds } from '../../../models/libraries/other-kinds.ts';

/** The option of the model that stands for patterns, however they are set. */
export const patternsOption = 'allowedOriginPatterns';
/** The option that stands for `applyPermitDefaultValues()`. */
export const permitsOption = 'applyPermitDefaultValues';

/** A bare `new CorsConfiguration()`: nobody gets in, and GET and HEAD are the methods. */
const configuration: CorsLibrary = {
  options: {
    origin: ['allowedOrigins'],
    credentials: ['allowCredentials'],
    methods: ['allowedMethods'],
    allowedHeaders: ['allowedHeaders'],
    exposedHeaders: ['exposedHeaders'],
    maxAge: ['maxAge'],
  },
  otherOptions: [permitsOption],
  privateNetwork: 'allowPrivateNetwork',
  foreignNames: {},
  origin: {
    missing: 'nobody',
    text: 'compared',
    star: 'any',
    // It is compared, too, and no origin is empty.
    empty: 'compared',
    ...otherKinds('unknown', 'nobody'),
    nothing: 'default',
    // A property that nobody sets keeps the application from starting.
    undefined: 'nobody',
    list: 'members',
    emptyList: 'nobody',
    starInList: 'any',
    ignoresCase: true,
    comparedAs: (text) => text.replace(/\/$/, ''),
    unlistedFails: 403,
    patterns: {
      option: patternsOption,
      means: {
        star: 'reflect',
        starInList: 'reflect',
        wildcard: wildcardOf,
        wildcardAlone: true,
        ignoresCase: false,
        missing: 'nobody',
      },
    },
  },
  credentials: { default: false, on: 'true', readsTexts: true, nothingIsDefault: true },
  anyWithCredentials: 'literal',
  vary: { any: true, sent: true, checked: 'always' },
  othersFor: 'allowed',
  needsOrigin: 'but-vary',
  methods: { default: 'GET,HEAD', separator: ',', everyResponse: false },
  allowedHeaders: {
    default: undefined,
    separator: ', ',
    everyResponse: false,
    emptyIsDefault: false,
    starIsAny: true,
    answersAsked: true,
    answersListed: true,
    vary: false,
  },
  exposedHeaders: { default: undefined, separator: ', ', onPreflight: true },
  maxAge: { default: undefined, zero: true },
  preflight: {
    when: { kind: 'preflight' },
    status: 200,
    refused: 403,
    onlyListed: { methods: true, headers: [], oneHeader: true, otherRequests: 'all' },
  },
};

/** What `applyPermitDefaultValues()` fills in, which `@CrossOrigin` and `addMapping` begin with. */
export const permitDefaults = {
  origin: { missing: 'any' },
  methods: { default: 'GET,HEAD,POST' },
  allowedHeaders: { default: '*' },
  maxAge: { default: '1800' },
} as const satisfies Differences;

/** What SockJS sets beside the origins. */
export const sockJs = {
  credentials: { default: true },
  methods: { default: 'requested' },
  allowedHeaders: { default: '*' },
  maxAge: { default: '31536000' },
  options: {
    ...configuration.options,
    credentials: [],
    methods: [],
    allowedHeaders: [],
    exposedHeaders: [],
    maxAge: [],
  },
} satisfies Differences;

export const configurationAt = byRelease(configuration, [
  // The slash at the end counted, and the private network had no option.
  { before: '5.3.7', differs: { origin: { comparedAs: (text) => text }, privateNetwork: undefined } },
  // Beside credentials everybody got the own origin back in place of the star, and there were no patterns.
  { before: '5.3.0', differs: { anyWithCredentials: 'reflect' } },
]);

/** The table of one use; where every method is allowed, a preflight is answered with the one that it asks for. */
export function withStarredMethods(library: CorsLibrary, options: Value | undefined): CorsLibrary {
  const methods = dictEntry(options, 'allowedMethods')?.value;
  const isStarred = methods?.kind === 'list' && methods.items.some((item) => item.kind === 'text' && item.text === '*');
  return isStarred ? differing(library, { methods: { default: 'requested', starIsDefault: true } }) : library;
}

/** A pattern without a star is compared as it stands. */
function wildcardOf(text: string): Pattern | undefined {
  const meaning = /\*|:\[/.test(text) ? originPattern(text) : undefined;
  return typeof meaning === 'object' && 'source' in meaning ? meaning : undefined;
}
