/** The options of one use of a library, translated into a policy by the library's table. */
import type { Fact, HeaderRule, PolicyEdits, Settings, StatusRule } from '../../policy/policy.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import { all, always, not, some } from '../../policy/request-test.ts';
import type { Value } from '../../values/value.ts';
import type { CorsLibrary } from './cors-library.ts';
import type { Grant } from './grants.ts';
import { audienceOf } from './library-audience.ts';
import type { LibraryContext, OptionsPlace, OutcomesOf } from './library-context.ts';
import type { BrokenList } from './library-headers.ts';
import { brokenLists, libraryHeaders } from './library-headers.ts';
import { grantOf } from './library-grant.ts';
import type { LibrarySettings } from './library-settings.ts';
import { joinedOrigins } from './joined-origins.ts';
import { decidingEntry, policySettings, readSettings } from './library-settings.ts';
import { libraryStatuses } from './library-statuses.ts';
import { optionEdits } from './option-edits.ts';
import { optionFacts } from './option-facts.ts';
import type { ProgramText } from './origin-entries.ts';

/** What the options of one use amount to. */
export interface LibraryPolicy {
  readonly settings: Settings;
  readonly headers: readonly HeaderRule[];
  readonly statuses: readonly StatusRule[];
  readonly facts: readonly Fact[];
  readonly edits: PolicyEdits;
  readonly refusesToStart?: string;
  readonly fixedVary?: boolean;
}

/** Translates the options of one call; `reach` is the condition under which these options apply at all. */
export function readLibraryOptions(
  library: CorsLibrary,
  place: OptionsPlace,
  evaluator: OutcomesOf,
  text: ProgramText,
  reach: RequestTest = always,
): LibraryPolicy {
  const { value } = place;
  if (value?.kind === 'function' && library.delegate !== undefined)
    return readDelegate(value, library, place, evaluator, text, reach);
  if (value?.kind !== 'one-of') return readOneOptions(library, place, evaluator, text, reach);
  const before: RequestTest[] = [];
  return eitherOf(
    value.choices.map((choice) => {
      const here = all([reach, ...before.map(not), choice.when]);
      before.push(choice.when);
      const range = choice.value.range.path === undefined ? choice.value.range : place.range;
      return readOneOptions(library, { ...place, value: choice.value, range }, evaluator, text, here);
    }),
  );
}

/** The options of each way in which the delegate answers apply under its condition. */
function readDelegate(
  delegate: Value & { kind: 'function' },
  library: CorsLibrary,
  place: OptionsPlace,
  evaluator: OutcomesOf,
  text: ProgramText,
  reach: RequestTest,
): LibraryPolicy {
  const { answers, origin = {} } = library.delegate!;
  const callsBack = answers === 'callback' || delegate.function.parameters.length === 2;
  const [kind, index] = callsBack ? (['call', 1] as const) : (['return', 0] as const);
  const handed = { ...library, delegate: undefined, origin: { ...library.origin, ...origin } };
  const parts = evaluator
    .outcomes(delegate.function, ['request', callsBack ? 'callback' : 'other'])
    .flatMap((outcome): LibraryPolicy[] => {
      const value = outcome.kind === kind ? outcome.values[index] : undefined;
      if (value === undefined) return [];
      const range = outcome.node?.range ?? delegate.range;
      const when = all([reach, outcome.when]);
      return [
        readLibraryOptions(
          handed,
          { ...place, value, range: range.path === undefined ? range : place.range },
          evaluator,
          text,
          when,
        ),
      ];
    });
  if (parts.length > 0) return eitherOf(parts);
  const unreadable: Value = { kind: 'unknown', range: delegate.range };
  return readOneOptions(handed, { ...place, value: unreadable }, evaluator, text, reach);
}

/** Options that each apply under a condition of their own, as one policy; there is at least one. */
export function eitherOf(parts: readonly LibraryPolicy[]): LibraryPolicy {
  const first = parts[0]!;
  const { origins } = first.settings;
  const fails = parts.every(({ refusesToStart }) => refusesToStart !== undefined) ? first.refusesToStart : undefined;
  // Who names origins in one of the ways has not forgotten them in another: `...(isPublic ? {} : { origin })`.
  const isNamed = parts.some(({ settings }) => settings.origins.written);
  return {
    settings: {
      ...first.settings,
      origins: { ...origins, value: parts.flatMap((part) => part.settings.origins.value) },
      credentials:
        parts.find((part) => part.settings.credentials.value === true)?.settings.credentials ??
        first.settings.credentials,
    },
    headers: parts.flatMap((part) => part.headers),
    statuses: parts.flatMap((part) => part.statuses),
    facts: parts.flatMap(({ facts }) => facts.filter(({ kind }) => !isNamed || kind !== 'no-origin-configured')),
    edits: parts.length === 1 ? first.edits : {},
    ...(fails !== undefined && { refusesToStart: fails }),
  };
}

function readOneOptions(
  unswitched: CorsLibrary,
  place: OptionsPlace,
  evaluator: OutcomesOf,
  text: ProgramText,
  reach: RequestTest,
): LibraryPolicy {
  const library = (place.value?.kind === 'dict' && unswitched.switched?.(place.value)) || unswitched;
  const settings = readSettings(library, place, text);
  const context: LibraryContext = { library, place, evaluator, text, credentials: settings.credentials.value };
  const grant = grantOf(settings, context);
  const written = decidingEntry(settings);
  const audience = audienceOf(library, place, settings, grant, reach);
  const broken = brokenLists({ library, place, settings, grant, audience });
  const answer = { library, place, settings, grant, audience, failing: some(broken.map(({ failing }) => failing)) };
  const facts = [
    ...optionFacts(context, settings.options),
    ...joinedOrigins(context, settings.options),
    ...broken.map(rejectedText),
    ...grant.facts,
  ];
  const refusal =
    refusalOf(grant, facts) ??
    stopOf(settings, grant, library) ??
    broken.flatMap(({ fails }) => (fails === 'throws' ? [fromText[fails]] : [])).at(0);
  return {
    settings: {
      ...policySettings(settings, library, place),
      origins: {
        value: grant.entries.map((one) => ({ ...one, accepts: all([reach, one.accepts]) })),
        range: written?.value.range ?? place.range,
        keyRange: written?.keyRange,
        written: written !== undefined,
      },
    },
    // A program that does not start sends nothing; one that fails for some requests answers the others.
    headers: refusal === undefined || library.origin.failing !== undefined ? libraryHeaders(answer) : [],
    statuses: libraryStatuses(answer),
    facts,
    edits: optionEdits(context, settings, grant.fails !== undefined),
    ...(refusal !== undefined && { refusesToStart: refusal }),
    ...(library.vary.checked === 'never' && { fixedVary: true }),
  };
}

/** What comes of a text where the library takes nothing but a list. */
const fromText: Readonly<Record<BrokenList['fails'], string>> = {
  none: 'The library takes a list here, and sends nothing of a text.',
  throws: 'The library takes a list here, and with a text the program does not start.',
  preflights: 'The library takes a list here, and with a text every preflight ends with an error.',
  requests: 'The library takes a list here, and with a text every request ends with an error.',
};

function rejectedText({ what, value, fails }: BrokenList): Fact {
  return {
    kind: 'rejected-value',
    what,
    text: value.text,
    range: value.range,
    explanation: fromText[fails],
    ...(fails === 'none' && { only: 'value' }),
  };
}

/** Why the program does not start with an origin that is in the list whatever the circumstances. */
function stopOf({ origin }: LibrarySettings, { entries }: Grant, library: CorsLibrary): string | undefined {
  if (!library.origin.stopsApplication || (origin?.value.kind !== 'list' && origin?.value.kind !== 'text'))
    return undefined;
  return entries.find(({ stops }) => stops !== undefined)?.stops;
}

/** The words with which the program refuses to start, or every request. */
function refusalOf({ fails }: Grant, facts: readonly Fact[]): string | undefined {
  return (
    fails ??
    facts.flatMap((fact) => (fact.kind === 'unknown-option' && fact.refusal !== undefined ? [fact.refusal] : [])).at(0)
  );
}
