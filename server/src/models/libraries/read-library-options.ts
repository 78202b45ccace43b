/** The options of one use of a library, translated into a policy by the library's table. */
import type { Fact, HeaderRule, PolicyEdits, Settings, StatusRule } from '../../policy/policy.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import { all, always, not, some } from '../../policy/request-test.ts';
import type { ParameterRole } from '../../values/evaluator.ts';
import type { Value } from '../../values/value.ts';
import type { CorsLibrary } from './cors-library.ts';
import type { Grant } from './grants.ts';
import { checked, unknownGrant } from './grants.ts';
import { audienceOf } from './library-audience.ts';
import type { LibraryContext, OptionsPlace, OutcomesOf } from './library-context.ts';
import type { BrokenList } from './library-headers.ts';
import { brokenLists, libraryHeaders } from './library-headers.ts';
import { readOrigin } from './library-origins.ts';
import type { LibrarySettings } from './library-settings.ts';
import { policySettings, readSettings } from './library-settings.ts';
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
    facts: parts.flatMap((part) => part.facts),
    edits: parts.length === 1 ? first.edits : {},
    ...(fails !== undefined && { refusesToStart: fails }),
  };
}

function readOneOptions(
  library: CorsLibrary,
  place: OptionsPlace,
  evaluator: OutcomesOf,
  text: ProgramText,
  reach: RequestTest,
): LibraryPolicy {
  const settings = readSettings(library, place, text);
  const context: LibraryContext = { library, place, evaluator, text, credentials: settings.credentials.value };
  const grant = grantOf(settings, context);
  const audience = audienceOf(library, place, settings, grant, reach);
  const broken = brokenLists({ library, place, settings, grant, audience });
  const answer = { library, place, settings, grant, audience, failing: some(broken.map(({ failing }) => failing)) };
  const facts = [...optionFacts(context, settings.options), ...broken.map(rejectedText), ...grant.facts];
  const refusal =
    refusalOf(grant, facts) ?? broken.flatMap(({ fails }) => (fails === 'throws' ? [fromText[fails]] : [])).at(0);
  return {
    settings: {
      ...policySettings(settings, library, place),
      origins: {
        value: grant.entries.map((one) => ({ ...one, accepts: all([reach, one.accepts]) })),
        range: settings.origin?.value.range ?? place.range,
        keyRange: settings.origin?.keyRange,
        written: settings.origin !== undefined,
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

function grantOf({ origin, patterns, opaque, check }: LibrarySettings, context: LibraryContext): Grant {
  if (origin === undefined && opaque) return unknownGrant(context.place.range);
  const isPatterns = origin !== undefined && origin.key === context.library.origin.patterns?.option;
  const own = readOrigin(
    origin?.value,
    check ? withRoles(context, check.roles) : isPatterns ? ofPatterns(context) : context,
  );
  return patterns ? eitherGrant(own, readOrigin(patterns.value, ofPatterns(context)), context) : own;
}

/** The option of patterns has meanings of its own. */
function ofPatterns(context: LibraryContext): LibraryContext {
  const { library } = context;
  return { ...context, library: { ...library, origin: { ...library.origin, ...library.origin.patterns?.means } } };
}

/** Who is let in by one of two lists. */
function eitherGrant(one: Grant, other: Grant, context: LibraryContext): Grant {
  const open = [one, other].find(({ entries }) =>
    entries.some(({ kind, accepts }) => kind === 'any' && accepts === always),
  );
  const entries = [...one.entries, ...other.entries];
  const failed = one.fails !== undefined ? one : other.fails !== undefined ? other : undefined;
  if (failed ?? open) return { ...(failed ?? open)!, entries };
  const grant = checked(entries, some([one.allowed, other.allowed]), context.place.range, context);
  return { ...grant, facts: [...one.facts, ...other.facts] };
}

/** The function of an option of its own is handed what that option says. */
function withRoles(context: LibraryContext, roles: readonly ParameterRole[]): LibraryContext {
  const { library } = context;
  const { callback } = library.origin;
  return callback
    ? { ...context, library: { ...library, origin: { ...library.origin, callback: { ...callback, roles } } } }
    : context;
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

/** The words with which the program refuses to start, or every request. */
function refusalOf({ fails }: Grant, facts: readonly Fact[]): string | undefined {
  return (
    fails ??
    facts.flatMap((fact) => (fact.kind === 'unknown-option' && fact.refusal !== undefined ? [fact.refusal] : [])).at(0)
  );
}
