/** The words of a library's table (`reflect`, `sent`, `search` …) as grants. */
import type { SourceRange } from '../../syntax/range.ts';
import type { EntryEdits, Fact, OriginEntry } from '../../policy/policy.ts';
import { always, never, originEquals } from '../../policy/request-test.ts';
import type { PatternValue, Text, Value } from '../../values/value.ts';
import type { OriginMeaning } from './cors-library.ts';
import type { Grant } from './grants.ts';
import {
  allowOrigin,
  checked,
  nothingSent,
  openToAll,
  reflected,
  unknownGrant,
  varyOrigin,
  withFirstText,
} from './grants.ts';
import type { LibraryContext } from './library-context.ts';
import { listOf, memberEntry, patternEdits, textEdits, textOrPatternEdits } from './origin-entries.ts';

/** What a word amounts to for this value; `value` is undefined where the option is not written. */
export function byMeaning(
  meaning: OriginMeaning,
  value: Value | undefined,
  context: LibraryContext,
  byDefault = false,
): Grant {
  const range = value?.range ?? context.place.range;
  switch (meaning) {
    case 'any':
      return openToAll(openEntry(value, range, context, byDefault), context);
    case 'reflect':
      return reflected(range, context, byDefault);
    case 'default':
      return byMeaning(context.library.origin.missing, value, context, byDefault);
    case 'off':
      return nothingSent;
    case 'nobody':
      return checked([], never, range, context);
    case 'closed':
      return { ...nothingSent, reach: always };
    case 'fails':
      return failing(value, range, context);
    case 'sent':
      return value?.kind === 'text' ? sentText(value, context) : sentWord(spelledOut(value), range, context);
    case 'compared':
      return value?.kind === 'text' ? comparedText(value, context) : checked([], never, range, context);
    case 'search':
      return value?.kind === 'pattern' ? searchedPattern(value, context) : unknownGrant(range);
    default:
      return unknownGrant(range);
  }
}

function openEntry(
  value: Value | undefined,
  range: SourceRange,
  { text }: LibraryContext,
  byDefault: boolean,
): OriginEntry {
  return {
    range,
    kind: 'any',
    accepts: always,
    ...(byDefault && { byDefault }),
    ...(value?.kind === 'text' && { text: value.text, edits: textEdits(value, text, false) }),
  };
}

function failing(value: Value | undefined, range: SourceRange, context: LibraryContext): Grant {
  const { failing: requests, failure: ofValue, noneFails } = context.library.origin;
  const isNone = value === undefined || (value.kind === 'list' && value.items.length === 0);
  const failure = (isNone ? noneFails : undefined) ?? ofValue;
  const fails = failure ?? 'every request with an Origin fails, because this value is no origin option';
  // What has words of its own does not start, and a server that does not run gives no status.
  return requests === undefined
    ? { ...nothingSent, ...(failure === undefined && { errors: always }), fails }
    : { ...checked([], never, range, context), errors: requests, fails };
}

/** What is no origin is sent as the language writes it, and nobody is let in by it. */
function sentWord(text: string, range: SourceRange, context: LibraryContext): Grant {
  return {
    ...nothingSent,
    headers: fixedHeaders(text, range, context),
    reach: always,
    allowed: always,
    accepted: always,
  };
}

function searchedPattern(value: PatternValue, context: LibraryContext): Grant {
  const entry: OriginEntry = { ...memberEntry(value, context.text), edits: patternEdits(value, context.text, false) };
  return checked([entry], entry.accepts, value.range, context);
}

/** The same header for everybody. */
function fixedHeaders(text: string, range: SourceRange, { library }: LibraryContext): Grant['headers'] {
  const sent = allowOrigin({ kind: 'text', text }, always, range);
  return library.vary.sent ? [sent, varyOrigin(always, range)] : [sent];
}

/** A fixed text is sent to everybody, and only the origin that it spells can read. */
export function sentText(value: Text, context: LibraryContext): Grant {
  const { range } = value;
  const entry: OriginEntry = {
    range,
    kind: 'text',
    text: value.text,
    accepts: originEquals(value.text, range),
    matching: 'sent-as-is',
    edits: singleTextEdits(value, context),
  };
  return {
    entries: [entry],
    headers: fixedHeaders(value.text, range, context),
    reach: always,
    allowed: always,
    accepted: always,
    facts: severalOrigins(value, context),
  };
}

function comparedText(value: Text, context: LibraryContext): Grant {
  const entry: OriginEntry = {
    range: value.range,
    kind: 'text',
    text: value.text,
    accepts: originEquals(value.text, value.range, context.library.origin.ignoresCase),
    matching: 'exact',
    edits: singleTextEdits(value, context),
  };
  const grant = withFirstText(
    checked([entry], entry.accepts, value.range, context),
    [value.text],
    1,
    value.range,
    context,
  );
  return { ...grant, facts: severalOrigins(value, context) };
}

function spelledOut(value: Value | undefined): string {
  if (value?.kind === 'boolean' || value?.kind === 'number') return String(value.value);
  if (value?.kind === 'function') return '[object Promise]';
  if (value?.kind === 'pattern')
    return `/${value.pattern.source.replaceAll(/(?<!\\)\//g, '\\/')}/${value.pattern.flags}`;
  return value?.expression?.text === 'null' ? 'null' : 'undefined';
}

function severalOrigins(value: Text, { text, library }: LibraryContext): Fact[] {
  const members = value.text.split(/[\s,;]+/).filter((member) => member !== '');
  if (members.length < 2 || !members.every((member) => /^[a-z]+:\/\//i.test(member))) return [];
  return [
    {
      kind: 'multiple-origins',
      origins: members,
      range: value.range,
      ...(library.origin.list === 'members' && {
        toList: () => [{ range: value.range, newText: listOf(members, text, value.range) }],
      }),
    },
  ];
}

/** Edits of a single text, in forms that the library takes. */
function singleTextEdits(value: Text, { text, library: { origin } }: LibraryContext): EntryEdits {
  const { replaceByOrigins, replaceByPattern, ...edits } = textOrPatternEdits(value, text, false);
  return {
    ...edits,
    ...(origin.list === 'members' && { replaceByOrigins }),
    ...(origin.pattern === 'search' && { replaceByPattern }),
  };
}
