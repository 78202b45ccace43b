/** The words of a library's table (`reflect`, `sent`, `search` …) as grants. */
import type { EntryEdits, Fact, OriginEntry } from '../../policy/policy.ts';
import { always, never, originEquals } from '../../policy/request-test.ts';
import type { Text, Value } from '../../values/value.ts';
import type { OriginMeaning } from './cors-library.ts';
import type { Grant } from './grants.ts';
import { allowOrigin, checked, nothingSent, openToAll, reflected, unknownGrant, varyOrigin } from './grants.ts';
import type { LibraryContext } from './library-context.ts';
import { listOf, memberEntry, patternEdits, textEdits, textOrPatternEdits } from './origin-entries.ts';

export function byMeaning(
  meaning: OriginMeaning,
  value: Value | undefined,
  context: LibraryContext,
  byDefault = false,
): Grant {
  const range = value?.range ?? context.place.range;
  switch (meaning) {
    case 'any':
      return openToAll(
        {
          range,
          kind: 'any',
          accepts: always,
          ...(byDefault && { byDefault }),
          ...(value?.kind === 'text' && { text: value.text, edits: textEdits(value, context.text, false) }),
        },
        context,
      );
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
    case 'fails': {
      const { failing, failure = 'every request with an Origin fails, because this value is no origin option' } =
        context.library.origin;
      return failing === undefined
        ? { ...nothingSent, fails: failure }
        : { ...checked([], never, range, context), errors: failing, fails: failure };
    }
    case 'sent':
      return value?.kind === 'text'
        ? sentText(value, context)
        : {
            ...nothingSent,
            headers: [
              allowOrigin({ kind: 'text', text: spelledOut(value) }, always, range),
              ...(context.library.vary.sent ? [varyOrigin(always, range)] : []),
            ],
            reach: always,
            allowed: always,
            accepted: always,
          };
    case 'compared':
      return value?.kind === 'text' ? comparedText(value, context) : checked([], never, range, context);
    case 'search': {
      if (value?.kind !== 'pattern') return unknownGrant(range);
      const entry: OriginEntry = {
        ...memberEntry(value, context.text),
        edits: patternEdits(value, context.text, false),
      };
      return checked([entry], entry.accepts, range, context);
    }
    default:
      return unknownGrant(range);
  }
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
    headers: [
      allowOrigin({ kind: 'text', text: value.text }, always, range),
      ...(context.library.vary.sent ? [varyOrigin(always, range)] : []),
    ],
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
    accepts: originEquals(value.text, value.range),
    matching: 'exact',
    edits: singleTextEdits(value, context),
  };
  return { ...checked([entry], entry.accepts, value.range, context), facts: severalOrigins(value, context) };
}

function spelledOut(value: Value | undefined): string {
  return value?.kind === 'boolean' || value?.kind === 'number'
    ? String(value.value)
    : value?.kind === 'pattern'
      ? `/${value.pattern.source}/${value.pattern.flags}`
      : value?.expression?.text === 'null'
        ? 'null'
        : 'undefined';
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
        toList: () => [{ range: value.range, newText: listOf(members, text) }],
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
