/** What Ktor's plugin CORS makes of what a program sets, as its sources from 1.6 to 3.6 say. See https://ktor.io/docs/server-cors.html */
import type { Pattern } from '../../../policy/request-test.ts';
import type { CorsLibrary } from '../../../models/libraries/cors-library.ts';
import { byRelease } from '../../../models/libraries/releases.ts';
import { otherKinds } from '../../../models/libraries/other-kinds.ts';

/** Allowed without being listed. */
export const simpleMethods = ['GET', 'HEAD', 'POST'];
/** The same of headers; `Content-Type` is one only where it is listed. */
const simpleHeaders = ['accept', 'accept-language', 'content-language'];

/** The options as the finder names them, whatever calls and properties set them. */
const ktor: CorsLibrary = {
  options: {
    origin: ['allowHost'],
    credentials: ['allowCredentials'],
    methods: ['allowMethod'],
    allowedHeaders: ['allowHeader'],
    exposedHeaders: ['exposeHeader'],
    maxAge: ['maxAgeInSeconds'],
  },
  otherOptions: ['allowSameOrigin', 'allowNonSimpleContentTypes'],
  foreignNames: {},
  origin: {
    missing: 'nobody',
    text: 'compared',
    star: 'any',
    empty: 'compared',
    ...otherKinds('unknown', 'nobody'),
    nothing: 'unknown',
    list: 'members',
    emptyList: 'nobody',
    starInList: 'any',
    wildcard: subdomains,
    wildcardAlone: true,
    comparedAs: withoutDefaultPort,
    unlistedFails: 403,
    openedBy: { option: 'anyHost' },
    checks: ['allowOrigins', 'allowOrigins2', 'allowOrigins3'].map((option) => ({
      option,
      roles: ['origin'] as const,
    })),
    checksBesideList: true,
    callback: { roles: ['origin'], answers: 'return', as: 'exactly-true', refusal: 'nobody' },
  },
  credentials: { default: false, on: 'true' },
  anyWithCredentials: 'reflect',
  vary: { any: false, sent: true, checked: 'always' },
  othersFor: 'allowed',
  needsOrigin: 'but-vary',
  methods: { default: 'GET, HEAD, POST', separator: ', ', everyResponse: false, sorted: true },
  allowedHeaders: {
    default: undefined,
    separator: ', ',
    everyResponse: false,
    emptyIsDefault: false,
    vary: false,
    starIsAny: true,
  },
  exposedHeaders: { default: undefined, separator: ', ', onPreflight: false, sorted: true },
  maxAge: { default: '86400', zero: false },
  preflight: {
    when: { kind: 'preflight' },
    status: 200,
    refused: 403,
    otherOptions: 'refused',
    onlyListed: { methods: true, headers: simpleHeaders, refuses: true, otherRequests: true },
  },
};

export const ktorAt = byRelease(ktor, []);

/** The schemes of a host that names none. */
export function defaultSchemes(version: string | undefined): readonly string[] {
  return version !== undefined && isOld(version) ? ['http'] : ['http', 'https'];
}

function isOld(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  return major < 2 || (major === 2 && (minor < 3 || (minor === 3 && patch < 8)));
}

/** `https://*.example.com`: what begins and ends so, whatever stands between. */
function subdomains(text: string): Pattern | undefined {
  const [before, behind, ...others] = text.split('*');
  if (before === undefined || behind === undefined || others.length > 0) return undefined;
  const escaped = (part: string): string => part.replaceAll(/[-\\^$*+?.()|[\]{}/]/g, '\\$&');
  const port = /:\d+$/.test(behind) ? '' : `(?::${before.startsWith('https') ? 443 : 80})?`;
  return { source: `${escaped(before)}.*${escaped(behind)}${port}`, flags: '', dialect: 'java', mode: 'full' };
}

function withoutDefaultPort(text: string): string {
  return text.replace(/^(https:\/\/[^/]*?):443\/?$|^(http:\/\/[^/]*?):80\/?$/, '$1$2').replace(/\/$/, '');
}
