/** The headers that a library sends. */
import type { SourceRange } from '../../syntax/range.ts';
import type { HeaderRule } from '../../policy/policy.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import { all, not, unknown } from '../../policy/request-test.ts';
import type { CorsLibrary } from './cors-library.ts';
import type { Grant } from './grants.ts';
import type { LibraryAudience } from './library-audience.ts';
import { optionsMethod } from './library-audience.ts';
import type { OptionsPlace } from './library-context.ts';
import { listHeader } from './library-names.ts';
import type { LibrarySettings } from './library-settings.ts';
import { isUndecided } from './library-settings.ts';

/** What the headers of one use are made of. */
export interface LibraryAnswer {
  readonly library: CorsLibrary;
  readonly place: OptionsPlace;
  readonly settings: LibrarySettings;
  readonly grant: Grant;
  readonly audience: LibraryAudience;
}

/** In the order in which later ones win. */
export function libraryHeaders(answer: LibraryAnswer): HeaderRule[] {
  return [
    ...originHeaders(answer),
    ...credentialsHeader(answer),
    ...methodsHeader(answer),
    ...allowedHeadersHeader(answer),
    ...maxAgeHeader(answer),
    ...exposedHeadersHeader(answer),
  ];
}

function originHeaders({ grant, audience }: LibraryAnswer): HeaderRule[] {
  return grant.headers.map((rule) => ({
    ...rule,
    when: all([rule.name === 'vary' ? audience.varied : audience.named, rule.when]),
  }));
}

function credentialsHeader({ settings: { credentials }, audience: { applies } }: LibraryAnswer): HeaderRule[] {
  if (credentials.value === false) return [];
  const when = credentials.value === 'unknown' ? all([applies, unknown()]) : applies;
  return [header('access-control-allow-credentials', 'true', when, credentials.range)];
}

function methodsHeader({ library, place, settings, audience }: LibraryAnswer): HeaderRule[] {
  const name = 'access-control-allow-methods';
  const when = methodsWhen(library, audience);
  if (settings.methods === undefined && settings.opaque && !library.methods.answersAsked)
    return [header(name, undefined, when, place.range)];
  return listHeader(name, settings.methods, library.methods, 'access-control-request-method', when, place.range);
}

function methodsWhen({ methods: { everyResponse } }: CorsLibrary, { applies, asked }: LibraryAudience): RequestTest {
  // An OPTIONS request that asks for no method gets none.
  if (everyResponse === 'but-options') return all([applies, not(all([optionsMethod, not({ kind: 'preflight' })]))]);
  return everyResponse ? applies : asked;
}

function allowedHeadersHeader({ library, place, settings, audience }: LibraryAnswer): HeaderRule[] {
  const { allowedHeaders: shape } = library;
  const { opaque, allowedHeaders } = settings;
  const { applies, asked } = audience;
  const when = shape.everyResponse ? applies : asked;
  const mirrors = allowedHeaders === undefined && shape.default === 'requested';
  const headers = listHeader(
    'access-control-allow-headers',
    allowedHeaders,
    shape,
    'access-control-request-headers',
    mirrors && opaque ? all([when, unknown()]) : when,
    place.range,
  );
  if (!mirrors || !shape.vary) return headers;
  const varies: HeaderRule = {
    name: 'vary',
    operation: 'merge',
    value: { kind: 'text', text: 'Access-Control-Request-Headers' },
    when: opaque ? all([asked, unknown()]) : asked,
    range: place.range,
  };
  return [...headers, varies];
}

function maxAgeHeader({ library, place, settings, audience }: LibraryAnswer): HeaderRule[] {
  const name = 'access-control-max-age';
  const when = library.maxAge.everyResponse ? audience.applies : audience.asked;
  const { maxAge, seconds, opaque } = settings;
  if (maxAge === undefined) {
    const { default: byDefault } = library.maxAge;
    return byDefault === undefined ? [] : [header(name, opaque ? undefined : byDefault, when, place.range)];
  }
  const { value } = maxAge;
  if (isUndecided(value)) return [header(name, undefined, when, value.range)];
  const { zero, negative } = library.maxAge;
  if (negative !== undefined && seconds?.startsWith('-'))
    return negative === '' ? [] : [header(name, negative, when, value.range)];
  const isSent = seconds !== undefined && seconds !== '' && (zero || seconds !== '0');
  return isSent ? [header(name, seconds, when, value.range)] : [];
}

function exposedHeadersHeader({ library, place, settings, audience }: LibraryAnswer): HeaderRule[] {
  return listHeader(
    'access-control-expose-headers',
    settings.exposedHeaders,
    library.exposedHeaders,
    '',
    exposedWhen(library, audience),
    place.range,
  );
}

function exposedWhen(
  { exposedHeaders: { onPreflight }, preflight }: CorsLibrary,
  { applies, asked }: LibraryAudience,
): RequestTest {
  if (onPreflight === 'only') return asked;
  return onPreflight ? applies : all([applies, not(preflight.when)]);
}

/** `undefined` as the value is one that is not known. */
function header(name: string, text: string | undefined, when: RequestTest, range: SourceRange): HeaderRule {
  return {
    name,
    operation: 'set',
    value: text === undefined ? { kind: 'unknown' } : { kind: 'text', text },
    when,
    range,
  };
}
