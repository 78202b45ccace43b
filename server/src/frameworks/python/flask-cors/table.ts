/** What Flask-CORS makes of its options, by release, as observed of 3.0.10, 4.0.2, 5.0.1, 6.0.0 and 6.0.5. */
import type { Pattern } from '../../../policy/request-test.ts';
import { optionsMethod, originPresent } from '../../../policy/request-test.ts';
import type { CorsLibrary } from '../../../models/libraries/cors-library.ts';
import type { Differences } from '../../../models/libraries/releases.ts';
import { byRelease, differing } from '../../../models/libraries/releases.ts';
import { dictEntry } from '../../../values/dict-entry.ts';
import type { Value } from '../../../values/value.ts';

const invalid = 'the text is taken for a regular expression, and it is none';

const flaskCors: CorsLibrary = {
  options: {
    origin: ['origins'],
    credentials: ['supports_credentials'],
    methods: ['methods'],
    allowedHeaders: ['allow_headers'],
    exposedHeaders: ['expose_headers'],
    maxAge: ['max_age'],
  },
  otherOptions: [
    'resources',
    'send_wildcard',
    'vary_header',
    'automatic_options',
    'intercept_exceptions',
    'always_send',
  ],
  privateNetwork: 'allow_private_network',
  foreignNames: {
    origin: 'origins',
    alloworigin: 'origins',
    alloworigins: 'origins',
    allowedorigins: 'origins',
    allowed_origins: 'origins',
    cors_allowed_origins: 'origins',
    allowcredentials: 'supports_credentials',
    credentials: 'supports_credentials',
    supportcredentials: 'supports_credentials',
    allowmethods: 'methods',
    allowed_methods: 'methods',
    allowedheaders: 'allow_headers',
    allowed_headers: 'allow_headers',
    headers: 'allow_headers',
    exposedheaders: 'expose_headers',
    resource: 'resources',
  },
  origin: {
    missing: 'any',
    text: 'compared',
    star: 'any',
    starToo: '.*',
    empty: 'closed',
    true: 'unknown',
    false: 'unknown',
    nothing: 'closed',
    pattern: 'search',
    list: 'members',
    emptyList: 'closed',
    starInList: 'any',
    patternInList: 'search',
    wildcard: patternLike,
    wildcardAlone: true,
    wildcardIsPattern: true,
    patternMode: 'prefix',
    refusedText: isNoPattern,
    ignoresCase: true,
    starWithoutOrigin: 'unless-credentials',
    firstWithoutOrigin: true,
    failure: `the application does not start: ${invalid}`,
  },
  credentials: { default: false, on: 'truthy' },
  anyWithCredentials: 'reflect',
  reflectsAny: true,
  vary: { any: false, sent: false, checked: 'allowed', notForOne: true },
  othersFor: 'accepted',
  needsOrigin: false,
  methods: {
    default: 'DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT',
    separator: ', ',
    everyResponse: false,
    upperCase: true,
    sorted: true,
  },
  allowedHeaders: {
    default: 'requested',
    separator: ', ',
    everyResponse: false,
    emptyIsDefault: false,
    vary: false,
    answersListed: true,
    starIsDefault: true,
    starIsAny: true,
  },
  exposedHeaders: { default: undefined, separator: ', ', onPreflight: true, sorted: true },
  maxAge: { default: undefined, zero: false },
  preflight: { when: optionsMethod, status: 200, listsForListed: true },
};

/** The table of a release; the newest where it is not known. */
export const flaskCorsAt = byRelease(flaskCors, [
  // A text that is no regular expression fitted nothing, and `None` failed.
  {
    before: '6.0.4',
    differs: { origin: { refusedText: undefined, nothing: 'fails', ...failing('`None` is no text') } },
  },
  // Such a text failed with each request.
  { before: '6.0.0', differs: { origin: { refusedText: isNoPattern, ...failing(invalid) } } },
  { before: '5.0.0', differs: { privateNetworkByDefault: true } },
  { before: '4.0.0', differs: { privateNetwork: undefined, privateNetworkByDefault: false } },
]);

function failing(why: string): Differences['origin'] {
  return { failure: `every request with an Origin fails, because ${why}`, failing: originPresent };
}

/** The table with what the other options of this use change. */
export function flaskCorsFor(version: string | undefined, options: Value | undefined): CorsLibrary {
  let table = flaskCorsAt(version);
  if (isBoolean(options, 'send_wildcard', true))
    // `*` goes out as it stands; beside credentials the application does not start.
    table = differing(table, { anyWithCredentials: 'literal', reflectsAny: false, othersFor: 'accepted' });
  if (isBoolean(options, 'vary_header', false)) table = differing(table, { vary: { checked: 'never' } });
  if (isBoolean(options, 'always_send', false))
    table = differing(table, { needsOrigin: true, origin: { starWithoutOrigin: false, firstWithoutOrigin: false } });
  return table;
}

/** The option is written with this very value. */
export function isBoolean(options: Value | undefined, name: string, value: boolean): boolean {
  const written = dictEntry(options, name)?.value;
  return written?.kind === 'boolean' && written.value === value;
}

/** What looks like a pattern is one, and has to fit the beginning of the origin. */
export function patternLike(text: string): Pattern | undefined {
  return /[*\\\]?$^[()]/.test(text) && !isNoPattern(text)
    ? { source: text, flags: 'i', dialect: 'python', mode: 'prefix' }
    : undefined;
}

/** `*.example.com`: there is nothing that the star could repeat. */
function isNoPattern(text: string): boolean {
  return text !== '*' && /^[*+?]|(?<!\\)[(|][*+?]/.test(text.replaceAll('(?', '('));
}
