/** What the CORS middleware of each release of Strapi does, as its own code did on Koa. */
import { originPresent } from '../../../policy/request-test.ts';
import type { CorsLibrary } from '../../../models/libraries/cors-library.ts';
import { byRelease, differing, isBefore } from '../../../models/libraries/releases.ts';
import { otherKinds } from '../../../models/libraries/other-kinds.ts';

export interface StrapiRelease {
  readonly library: CorsLibrary;
  /** Requests without Origin are answered as if everybody were let in; before, they got no more than `Vary`. */
  readonly answersWithoutOrigin: boolean;
  /** Lists of methods and headers that are shorter than the default ones are filled up from those. */
  readonly fillsLists: boolean;
}

/** From 5.20 on a text is a list with commas, `*` counts anywhere in it, and a missing value is `*`. */
const normalising: CorsLibrary = {
  options: {
    origin: ['origin'],
    credentials: ['credentials'],
    methods: ['methods'],
    allowedHeaders: ['headers'],
    exposedHeaders: ['expose'],
    maxAge: ['maxAge'],
  },
  otherOptions: ['keepHeadersOnError', 'keepHeaderOnError', 'enabled'],
  foreignNames: {},
  origin: {
    missing: 'any',
    text: 'compared',
    separator: ',',
    trims: true,
    star: 'any',
    empty: 'nobody',
    ...otherKinds('fails', 'nobody'),
    nothing: 'any',
    number: 'fails',
    list: 'members',
    emptyList: 'nobody',
    starInList: 'any',
    failing: originPresent,
    callback: { roles: ['context'], answers: 'return', as: 'option', refusal: 'option', undefined: 'any' },
  },
  credentials: { default: true, on: 'truthy' },
  anyWithCredentials: 'reflect',
  reflectsAny: true,
  vary: { any: true, sent: true, checked: 'always' },
  othersFor: 'unless-refused',
  needsOrigin: false,
  methods: { default: 'GET,POST,PUT,PATCH,DELETE,HEAD,OPTIONS', separator: ',', everyResponse: false },
  allowedHeaders: {
    default: 'Content-Type,Authorization,Origin,Accept',
    separator: ',',
    everyResponse: false,
    emptyIsDefault: false,
    vary: false,
  },
  exposedHeaders: { default: undefined, separator: ',', onPreflight: false },
  maxAge: { default: '31536000', zero: false },
  preflight: { when: { kind: 'preflight' }, status: 204, refused: null, otherOptions: 'nothing' },
};

/** The first of version 5: a text with commas is a list, a single one is sent to everybody, and `*` in a list is compared. */
const splitting = differing(normalising, {
  reflectsAny: false,
  origin: {
    text: 'sent',
    starInList: 'compared',
    nothing: 'fails',
    callback: { ...normalising.origin.callback!, undefined: 'fails' },
  },
});

/** The last of version 4 hands over whatever is no list. */
const handing = differing(splitting, {
  origin: {
    separator: undefined,
    true: 'sent',
    false: 'nobody',
    nothing: 'nobody',
    number: 'sent',
    pattern: 'sent',
    callback: { ...normalising.origin.callback!, undefined: 'nobody' },
  },
});

/** Versions 3 and 4 up to 4.23: who is not in the list gets an error. */
const refusing = differing(normalising, {
  reflectsAny: false,
  othersFor: 'allowed',
  origin: {
    nothing: 'fails',
    unlistedFails: true,
    callback: { ...normalising.origin.callback!, undefined: 'fails' },
  },
});

/** Until 4.14 an origin that is `undefined` was as good as none, and until 4.3.7 `*` stayed `*` beside credentials. */
const filling = byRelease(differing(refusing, { origin: { undefined: 'any' } }), [
  { before: '4.3.7', differs: { anyWithCredentials: 'literal' } },
]);

/** The newest release where the version is not known. */
export function strapiRelease(version: string | undefined): StrapiRelease {
  const answering = { answersWithoutOrigin: true, fillsLists: false };
  if (version === undefined || !isBefore(version, '5.20.0')) return { library: normalising, ...answering };
  if (!isBefore(version, '5.0.0')) return { library: splitting, ...answering };
  // 4.23 took the change of 4.22 back.
  const isHanding = !isBefore(version, '4.22.0') && (isBefore(version, '4.23.0') || !isBefore(version, '4.24.0'));
  if (isHanding) return { library: handing, ...answering };
  if (!isBefore(version, '4.14.0')) return { library: refusing, answersWithoutOrigin: false, fillsLists: false };
  return { library: filling(version), answersWithoutOrigin: false, fillsLists: true };
}

const strapi3At = byRelease(refusing, [{ before: '3.4.1', differs: { anyWithCredentials: 'literal' } }]);

/** Strapi 3 takes the newest `@koa/cors` of version 3, which reflects everybody beside credentials since 3.4.1. */
export function strapi3Release(koaCors: string | undefined): StrapiRelease {
  return { library: strapi3At(koaCors), answersWithoutOrigin: false, fillsLists: false };
}
