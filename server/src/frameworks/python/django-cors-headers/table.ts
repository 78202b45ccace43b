/** What django-cors-headers makes of its settings, by release, as observed of 3.14.0 and 4.9.0. */
import type { CorsLibrary } from '../../../models/libraries/cors-library.ts';
import { optionsMethod } from '../../../policy/request-test.ts';
import { byRelease } from '../../../models/libraries/releases.ts';

/** The origins as the model knows them: those of the list, those that patterns let in, and everybody. */
export const originOption = 'CORS_ALLOWED_ORIGINS';

const djangoCors: CorsLibrary = {
  options: {
    origin: [originOption],
    credentials: ['CORS_ALLOW_CREDENTIALS'],
    methods: ['CORS_ALLOW_METHODS'],
    allowedHeaders: ['CORS_ALLOW_HEADERS'],
    exposedHeaders: ['CORS_EXPOSE_HEADERS'],
    maxAge: ['CORS_PREFLIGHT_MAX_AGE'],
  },
  otherOptions: [
    'CORS_ORIGIN_WHITELIST',
    'CORS_ALLOW_ALL_ORIGINS',
    'CORS_ORIGIN_ALLOW_ALL',
    'CORS_ALLOWED_ORIGIN_REGEXES',
    'CORS_ORIGIN_REGEX_WHITELIST',
    'CORS_URLS_REGEX',
  ],
  privateNetwork: 'CORS_ALLOW_PRIVATE_NETWORK',
  foreignNames: {
    cors_allow_origins: originOption,
    cors_allow_origin: originOption,
    cors_allowed_origin: originOption,
    cors_origins: originOption,
    cors_origin: originOption,
    cors_whitelist: originOption,
    cors_origins_whitelist: originOption,
    cors_allow_all_origin: 'CORS_ALLOW_ALL_ORIGINS',
    cors_allow_all: 'CORS_ALLOW_ALL_ORIGINS',
    cors_allowed_all_origins: 'CORS_ALLOW_ALL_ORIGINS',
    cors_origins_allow_all: 'CORS_ALLOW_ALL_ORIGINS',
    cors_allowed_credentials: 'CORS_ALLOW_CREDENTIALS',
    cors_supports_credentials: 'CORS_ALLOW_CREDENTIALS',
    cors_allowed_headers: 'CORS_ALLOW_HEADERS',
    cors_allowed_methods: 'CORS_ALLOW_METHODS',
    cors_exposed_headers: 'CORS_EXPOSE_HEADERS',
    cors_allowed_origins_regexes: 'CORS_ALLOWED_ORIGIN_REGEXES',
    cors_allowed_origin_regex: 'CORS_ALLOWED_ORIGIN_REGEXES',
    cors_max_age: 'CORS_PREFLIGHT_MAX_AGE',
  },
  origin: {
    missing: 'nobody',
    text: 'fails',
    star: 'compared',
    empty: 'nobody',
    true: 'any',
    false: 'nobody',
    nothing: 'fails',
    pattern: 'search',
    list: 'members',
    emptyList: 'nobody',
    starInList: 'compared',
    patternInList: 'search',
    patternMode: 'prefix',
    comparedAs,
    stopsFor,
    failure: 'the system check stops: the setting is no list of texts',
  },
  credentials: { default: false, on: 'truthy' },
  anyWithCredentials: 'reflect',
  vary: { any: true, sent: true, checked: 'always' },
  othersFor: 'allowed',
  needsOrigin: 'but-vary',
  methods: { default: 'DELETE, GET, OPTIONS, PATCH, POST, PUT', separator: ', ', everyResponse: false },
  allowedHeaders: {
    default: 'accept, authorization, content-type, user-agent, x-csrftoken, x-requested-with',
    separator: ', ',
    everyResponse: false,
    emptyIsDefault: false,
    vary: false,
  },
  exposedHeaders: { default: undefined, separator: ', ', onPreflight: true },
  maxAge: { default: '86400', zero: false },
  preflight: { when: optionsMethod, status: 200 },
};

/** The table of a release; the newest where it is not known. */
export const djangoCorsAt = byRelease(djangoCors, [
  { before: '4.3.0', differs: { credentials: { forEverybody: true } } },
  {
    before: '4.0.0',
    differs: {
      privateNetwork: undefined,
      allowedHeaders: {
        default:
          'accept, accept-encoding, authorization, content-type, dnt, origin, user-agent, x-csrftoken, x-requested-with',
      },
    },
  },
]);

/** Scheme and host are compared, whatever follows; a text without both is as good as the origin of sandboxed frames. */
function comparedAs(text: string): string {
  const [, scheme, host] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/i.exec(text) ?? [];
  if (scheme !== undefined) return `${scheme.toLowerCase()}://${host}`;
  return /^[a-z][a-z0-9+.-]*:|^\/\//i.test(text) ? text : 'null';
}

/** https://github.com/adamchainz/django-cors-headers/blob/main/src/corsheaders/checks.py */
function stopsFor(text: string): string | undefined {
  if (text === 'null') return undefined;
  const [, host, rest] = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)(.*)$/i.exec(text) ?? [];
  if (host === undefined || host === '') return 'manage.py stops at the system check corsheaders.E013';
  return rest === '' ? undefined : 'manage.py stops at the system check corsheaders.E014';
}
