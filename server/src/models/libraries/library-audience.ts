/** Which requests hear which part of what a library sends. */
import type { RequestTest } from '../../policy/request-test.ts';
import { all, always, never, not, optionsMethod, originPresent, some, unknown } from '../../policy/request-test.ts';
import type { CorsLibrary } from './cors-library.ts';
import type { Grant } from './grants.ts';
import type { OptionsPlace } from './library-context.ts';
import { asksForListed } from './library-names.ts';
import type { LibrarySettings } from './library-settings.ts';
import { allowedHeadersOf, methodsOf } from './library-settings.ts';

export interface LibraryAudience {
  /** What the library takes for a preflight with these options. */
  readonly preflight: RequestTest;
  /** A preflight asks for nothing that is not allowed, where that counts. */
  readonly asksForAllowed: RequestTest;
  /** The library looks at the request at all. */
  readonly heard: RequestTest;
  /** It may name an origin in the answer. */
  readonly named: RequestTest;
  /** It may say `Vary: Origin`. */
  readonly varied: RequestTest;
  /** The answer gets the headers that name no origin. */
  readonly applies: RequestTest;
  /** The same for those that belong into the answer to a preflight. */
  readonly asked: RequestTest;
}

/** `reach` is the condition under which these options apply at all. */
export function audienceOf(
  library: CorsLibrary,
  place: OptionsPlace,
  settings: LibrarySettings,
  grant: Grant,
  reach: RequestTest,
): LibraryAudience {
  const { preflight, needsOrigin } = library;
  const isPreflight = preflightOf(preflight, settings);
  const heard = needsOrigin === true ? all([reach, originPresent]) : reach;
  const otherOptions = all([optionsMethod, not(preflight.when)]);
  const asked = asksForAllowed(library, place, settings);
  const called = all([
    preflight.otherOptions === 'nothing' || preflight.otherOptions === 'refused'
      ? all([heard, not(otherOptions)])
      : heard,
    not(all([preflight.when, not(asked)])),
    hasListedMethod(library, place, settings),
  ]);
  const isListed = preflight.listsForListed ? asksForListedMethod(library, place, settings) : always;
  const isForOrigin = needsOrigin === 'for-origin' || needsOrigin === 'but-vary';
  const named = isForOrigin ? all([called, originPresent]) : called;
  const applies = all([needsOrigin === 'but-vary' ? named : called, grant.reach, othersFor(library, grant)]);
  return {
    preflight: isPreflight,
    asksForAllowed: asked,
    heard,
    named,
    varied:
      needsOrigin === 'for-origin'
        ? named
        : preflight.variesWhereAnswered
          ? called
          : all([heard, not(withoutVary(library, isPreflight))]),
    applies,
    asked: all([applies, isPreflight, isListed]),
  };
}

/** Which answers carry no `Vary`, whatever else they carry. */
function withoutVary({ vary: { notForOptions } }: CorsLibrary, isPreflight: RequestTest): RequestTest {
  if (notForOptions === 'preflights') return all([isPreflight, originPresent]);
  return notForOptions ? optionsMethod : never;
}

/** By the options that are on unless they are switched off. */
function preflightOf(preflight: CorsLibrary['preflight'], { entry }: LibrarySettings): RequestTest {
  const isOff = (option: string | undefined): boolean => {
    const value = option === undefined ? undefined : entry([option])?.value;
    return value?.kind === 'boolean' && !value.value;
  };
  if (isOff(preflight.switchOption)) return never;
  return isOff(preflight.strictOption) ? optionsMethod : preflight.when;
}

function asksForAllowed(library: CorsLibrary, place: OptionsPlace, settings: LibrarySettings): RequestTest {
  const { onlyListed } = library.preflight;
  return onlyListed
    ? asksForListed(onlyListed, methodsOf(settings, library, place), allowedHeadersOf(settings, library, place))
    : always;
}

function asksForListedMethod(library: CorsLibrary, place: OptionsPlace, settings: LibrarySettings): RequestTest {
  if (settings.opaque && settings.methods === undefined) return unknown();
  return asksForListed({ methods: true, headers: [] }, methodsOf(settings, library, place), { value: null });
}

/** A preflight is heard in any case. */
function hasListedMethod(library: CorsLibrary, place: OptionsPlace, settings: LibrarySettings): RequestTest {
  const { otherRequests } = library.preflight.onlyListed ?? {};
  if (!otherRequests) return always;
  const { value } = methodsOf(settings, library, place);
  if (settings.opaque && settings.methods === undefined) return unknown();
  if (value === null) return always;
  // A list that is not read here has nothing to do with who asks.
  if (value === 'unknown') return { kind: 'circumstance', subject: 'the methods that are allowed' };
  // A method is compared letter by letter, and requests have theirs in capitals.
  const listed = value.map(({ text }) => text).filter((text) => text === text.toUpperCase());
  const named = (names: readonly string[]): RequestTest[] =>
    [...new Set(names)].map((name): RequestTest => ({ kind: 'method', name }));
  return some(otherRequests === 'all' ? [library.preflight.when, ...named(listed)] : named([...listed, 'OPTIONS']));
}

function othersFor({ othersFor }: CorsLibrary, grant: Grant): RequestTest {
  switch (othersFor) {
    case 'everybody':
      return always;
    case 'unless-refused':
      return some([grant.allowed, not(originPresent)]);
    default:
      return grant[othersFor];
  }
}
