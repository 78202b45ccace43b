/** The headers that a library sends. */
import type { SourceRange } from '../../syntax/range.ts';
import type { HeaderRule } from '../../policy/policy.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import {
  all,
  always,
  never,
  noHeadersRequested,
  not,
  optionsMethod,
  some,
  unknown,
} from '../../policy/request-test.ts';
import type { CorsLibrary } from './cors-library.ts';
import type { Grant } from './grants.ts';
import type { LibraryAudience } from './library-audience.ts';
import type { OptionsPlace } from './library-context.ts';
import type { Text } from '../../values/value.ts';
import { isNoList, listHeader } from './library-names.ts';
import type { LibrarySettings } from './library-settings.ts';
import { isUndecided } from './library-settings.ts';

/** What the headers of one use are made of. */
export interface LibraryAnswer {
  readonly library: CorsLibrary;
  readonly place: OptionsPlace;
  readonly settings: LibrarySettings;
  readonly grant: Grant;
  readonly audience: LibraryAudience;
  /** Requests that are answered by an error because of what is written. */
  readonly failing: RequestTest;
}

/** In the order in which later ones win. */
export function libraryHeaders(answer: LibraryAnswer): HeaderRule[] {
  const headers = [
    ...originHeaders(answer),
    ...credentialsHeader(answer),
    ...methodsHeader(answer),
    ...allowedHeadersHeader(answer),
    ...maxAgeHeader(answer),
    ...exposedHeadersHeader(answer),
  ];
  const { failing } = answer;
  return failing === never ? headers : headers.map((rule) => ({ ...rule, when: all([rule.when, not(failing)]) }));
}

/** The options that should be lists and are none, with the requests that are answered by an error because of each. */
export function brokenLists({ library, settings: { entry }, audience }: Omit<LibraryAnswer, 'failing'>): BrokenList[] {
  const { options, methods, allowedHeaders, exposedHeaders } = library;
  const headersWhen = allowedHeaders.everyResponse ? audience.applies : audience.asked;
  return [
    { names: options.methods, text: methods.text, when: methodsWhen(library, audience) },
    { names: options.allowedHeaders, text: allowedHeaders.text, when: headersWhen },
    { names: options.exposedHeaders, text: exposedHeaders.text, when: exposedWhen(library, audience) },
  ].flatMap(({ names, text, when }): BrokenList[] => {
    const option = entry(names);
    if (option === undefined || !isNoList(option.value, { text })) return [];
    const what = names === options.methods ? 'method' : 'header-name';
    const failing = text === 'none' ? never : text === 'throws' ? always : when;
    const fails = text === 'none' || text === 'throws' ? text : when === audience.asked ? 'preflights' : 'requests';
    return [{ what, value: option.value, failing, fails }];
  });
}

/** An option that should be a list. */
export interface BrokenList {
  readonly what: 'method' | 'header-name';
  readonly value: Text;
  /** Requests that are answered by an error because of it. */
  readonly failing: RequestTest;
  /** The same in words; `throws`: the program does not start. */
  readonly fails: 'none' | 'throws' | 'preflights' | 'requests';
}

function originHeaders({ grant, audience }: LibraryAnswer): HeaderRule[] {
  return grant.headers.map((rule) => ({
    ...rule,
    when: all([rule.name === 'vary' ? audience.varied : audience.named, rule.when]),
  }));
}

function credentialsHeader({ library, settings: { credentials }, grant, audience }: LibraryAnswer): HeaderRule[] {
  const { forEverybody, saysOff } = library.credentials;
  if (credentials.value === false && !saysOff) return [];
  const given = forEverybody
    ? forEverybody === 'but-options'
      ? all([audience.named, some([not(optionsMethod), grant.allowed])])
      : audience.named
    : forEverybody === false
      ? all([audience.applies, grant.allowed])
      : audience.applies;
  const when = credentials.value === 'unknown' ? all([given, unknown()]) : given;
  const text = credentials.value === false ? 'false' : 'true';
  return [header('access-control-allow-credentials', text, when, credentials.range)];
}

function methodsHeader({ library, place, settings, audience }: LibraryAnswer): HeaderRule[] {
  const name = 'access-control-allow-methods';
  const when = methodsWhen(library, audience);
  if (settings.methods === undefined && settings.opaque && !library.methods.answersAsked)
    return [header(name, undefined, when, place.range)];
  return listHeader(name, settings.methods, library.methods, 'access-control-request-method', when, place.range);
}

function methodsWhen(
  { methods: { everyResponse, needless } }: CorsLibrary,
  { applies, asked }: LibraryAudience,
): RequestTest {
  if (needless) return all([asked, not({ kind: 'requested-method', names: needless })]);
  // An OPTIONS request that asks for no method gets none.
  if (everyResponse === 'but-options') return all([applies, not(all([optionsMethod, not({ kind: 'preflight' })]))]);
  return everyResponse ? applies : asked;
}

function allowedHeadersHeader({ library, place, settings, audience }: LibraryAnswer): HeaderRule[] {
  const { allowedHeaders: shape } = library;
  const { opaque, allowedHeaders } = settings;
  const { applies, asked, preflight } = audience;
  const isListed = shape.everyResponse && shape.answersListed === true;
  const when = shape.everyResponse && !isListed ? applies : asked;
  const mirrors = allowedHeaders === undefined && shape.default === 'requested';
  const sent = (own: typeof shape, when: RequestTest): HeaderRule[] =>
    listHeader(
      'access-control-allow-headers',
      allowedHeaders,
      own,
      'access-control-request-headers',
      mirrors && opaque ? all([when, unknown()]) : when,
      place.range,
    );
  const whole = isListed ? sent({ ...shape, answersListed: false }, all([applies, not(preflight)])) : [];
  const headers = [...whole, ...sent(shape, when), ...(mirrors ? unaskedHeaders(library, place, when) : [])];
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

/** What stands in place of a header that would mirror one that was not sent. */
function unaskedHeaders(
  { allowedHeaders: { unasked } }: CorsLibrary,
  { range }: OptionsPlace,
  when: RequestTest,
): HeaderRule[] {
  return unasked === undefined
    ? []
    : [header('access-control-allow-headers', unasked, all([when, noHeadersRequested]), range)];
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
  const { zero, negative, unit } = library.maxAge;
  if (negative !== undefined && seconds?.startsWith('-'))
    return negative === '' ? [] : [header(name, negative, when, value.range)];
  // Less than a second is a span all the same.
  const isZero = unit ? value.kind === 'number' && value.value === 0 : seconds === '0';
  const isSent = seconds !== undefined && seconds !== '' && (zero || !isZero);
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
  { exposedHeaders: { onPreflight } }: CorsLibrary,
  { applies, asked, preflight }: LibraryAudience,
): RequestTest {
  if (onPreflight === 'only') return asked;
  return onPreflight ? applies : all([applies, not(preflight)]);
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
