/** Texts and lists of origins, by the library's own meaning of them. */
import type { HeaderRule, OriginEntry } from '../../policy/policy.ts';
import {
  always,
  never,
  not,
  originEquals,
  originMatches,
  originPresent,
  some,
  unknown,
} from '../../policy/request-test.ts';
import { inspectOrigin } from '../../policy/serialised-origin.ts';
import type { List, Text, Value } from '../../values/value.ts';
import type { CorsLibrary } from './cors-library.ts';
import type { Grant } from './grants.ts';
import {
  allowOrigin,
  checked,
  openBut,
  openToAll,
  reflected,
  unknownGrant,
  varyOrigin,
  withFirstText,
} from './grants.ts';
import type { LibraryContext } from './library-context.ts';
import { memberEntries, patternTextEdits, textEdits } from './origin-entries.ts';
import { byMeaning, sentText } from './origin-meanings.ts';
import { severalOrigins } from './several-origins.ts';
import { separatedOrigins } from './separated-origins.ts';

export function readText(value: Text, context: LibraryContext): Grant {
  const { origin } = context.library;
  if (value.text === '') return byMeaning(origin.empty, value, context);
  if (isStar(value, context) && origin.star !== 'compared') return byMeaning(origin.star, value, context);
  if (origin.refusedText?.(value.text)) return byMeaning('fails', value, context);
  if (origin.starInText === 'any' && value.text.includes('*')) return byMeaning('any', value, context);
  if (origin.separator !== undefined && (origin.patternOf || value.text.includes(origin.separator)))
    return splitText(value, origin.separator, context);
  const wildcard = origin.wildcardAlone ? wildcardEntry(value, context, false) : undefined;
  if (wildcard) return checked([wildcard], wildcard.accepts, value.range, context);
  return byMeaning(origin.text, value, context);
}

/** One text that names several origins, where the library takes it apart. */
function splitText(value: Text, separator: string, context: LibraryContext): Grant {
  const entries = separatedOrigins(value, separator, context);
  const { starInList } = context.library.origin;
  const star = entries.findIndex(({ text }) => text === '*');
  if (star >= 0 && (starInList === 'any' || starInList === 'others')) {
    const grant = openToAll({ range: value.range, kind: 'any', text: '*', accepts: always }, context);
    return starInList === 'any' || star === 0 ? grant : openBut(grant, entries.slice(0, star), value.range);
  }
  return checked(entries, some(entries.map(({ accepts }) => accepts)), value.range, context);
}

/** A list as the option. */
export function readList(value: List, context: LibraryContext): Grant {
  const { origin } = context.library;
  if (value.items.length === 0 && !value.open) return byMeaning(origin.emptyList, value, context);
  if (origin.list === 'lines') return listAsLines(value, context);
  const star = value.items.find((item): item is Text => item.kind === 'text' && isStar(item, context));
  if (isRefused(value, star, context)) return byMeaning('fails', value, context);
  if (star && origin.starInList === 'reflect') return reflected(star.range, context);
  if (star && opensList(value, context))
    return openedByStar(
      star,
      origin.starInList === 'others' ? value.items.slice(0, value.items.indexOf(star)) : [],
      context,
    );
  if (origin.singleInList === 'sent' && value.items.length === 1 && !value.open)
    return readSingle(value.items[0]!, context);
  const known = value.items.flatMap((item) => entriesOfMember(item, context));
  const entries: readonly OriginEntry[] = value.open
    ? [...known, { range: value.range, kind: 'unknown', accepts: unknown() }]
    : known;
  const grant = checked(entries, some(entries.map(({ accepts }) => accepts)), value.range, context);
  const compared = entries.flatMap(({ kind, text }) => (kind === 'text' && text !== undefined ? [text] : []));
  const isKnown = entries.every(({ kind }) => kind === 'text' || kind === 'pattern');
  // A pattern may name several origins: it is not compared with them.
  const several = value.items.flatMap((item) =>
    item.kind === 'text' && entriesOfMember(item, context).some(({ kind }) => kind === 'text')
      ? severalOrigins(item, context.text, 'The library')
      : [],
  );
  return withFirstText(
    withUnlisted({ ...grant, facts: [...grant.facts, ...several] }, value, context),
    isKnown ? compared : [],
    entries.length,
    value.range,
    context,
  );
}

/** Everybody gets the star, but for those whom an earlier member of the list lets in. */
function openedByStar(star: Text, earlier: readonly Value[], context: LibraryContext): Grant {
  const grant = openToAll(
    { range: star.range, kind: 'any', text: '*', accepts: always, edits: textEdits(star, context.text, true) },
    context,
  );
  const entries = earlier.flatMap((item) => entriesOfMember(item, context));
  return entries.length === 0 ? grant : openBut(grant, entries, star.range);
}

/** `*`, or what means the same in this library. */
function isStar({ text }: Text, { library: { origin } }: LibraryContext): boolean {
  return text === '*' || (origin.starToo !== undefined && text === origin.starToo);
}

/** A `*` in the list lets everybody in. */
function opensList({ items }: List, { library: { origin } }: LibraryContext): boolean {
  return origin.starInList !== 'compared' && (origin.starInList !== 'any-single' || items.length === 1);
}

function isRefused(value: List, star: Text | undefined, { library: { origin } }: LibraryContext): boolean {
  if (origin.list === 'fails') return true;
  if (star && origin.starInList !== 'compared') return origin.starInList === 'any-alone' && value.items.length > 1;
  if (value.items.some((item) => item.kind === 'text' && origin.refusedText?.(item.text))) return true;
  return origin.patternInList === 'fails' && value.items.some(({ kind }) => kind === 'pattern');
}

function entriesOfMember(item: Value, context: LibraryContext): readonly OriginEntry[] {
  const { patternInList } = context.library.origin;
  // Whoever asks is put into the list first.
  if (item.kind === 'request' && item.input === 'origin')
    return [{ range: item.range, kind: 'reflect', accepts: always }];
  const wildcard = wildcardEntry(item, context, true);
  const entries = wildcard ? [wildcard] : memberEntries(asApplied(item, context), context.text);
  return entries.map((entry): OriginEntry => {
    if (entry.kind === 'text')
      return {
        ...entry,
        ...(isPlain(entry) && comparison(entry, context.library)),
        ...(patternInList !== 'search' && { edits: { ...entry.edits, replaceByPattern: undefined } }),
      };
    return entry.kind === 'pattern' && item.kind === 'pattern' && patternInList === 'nobody'
      ? { ...entry, kind: 'unknown', accepts: never }
      : entry;
  });
}

/** How the library compares a text of a list, and what it says of it at the start. */
function comparison({ text = '', range }: OriginEntry, { origin }: CorsLibrary): Partial<OriginEntry> {
  const { ignoresCase, comparedAs, stopsFor } = origin;
  const stops = stopsFor?.(text);
  return {
    ...((ignoresCase || comparedAs) && { accepts: originEquals(comparedAs?.(text) ?? text, range, ignoresCase) }),
    ...(stops !== undefined && { stops }),
  };
}

/** A member that is compared whatever the circumstances. */
function isPlain({ accepts, text }: OriginEntry): boolean {
  return accepts.kind === 'origin' && text !== undefined;
}

/** With what others get than those in the list. */
function withUnlisted(grant: Grant, { items: [first], range }: List, { library }: LibraryContext): Grant {
  const { unlisted } = library.origin;
  if (unlisted === undefined || unlisted === 'empty') return grant;
  const others = not(grant.accepted);
  const headersWith = (text: string): Grant['headers'] => [
    ...grant.headers,
    allowOrigin({ kind: 'text', text }, others, range),
  ];
  if (unlisted === 'first') {
    if (first?.kind !== 'text') return unknownGrant(range);
    // A star that all others get is everybody, though nobody's origin equals it.
    const opens = ({ text, range: { start } }: OriginEntry): boolean => text === '*' && start === first.range.start;
    return {
      ...grant,
      entries: grant.entries.map((entry) => (opens(entry) ? { ...entry, kind: 'any', accepts: always } : entry)),
      headers: headersWith(first.text),
      allowed: always,
      accepted: always,
    };
  }
  const entry: OriginEntry = {
    range,
    kind: 'text',
    text: 'null',
    accepts: originEquals('null'),
    matching: 'sent-as-is',
    byDefault: true,
  };
  return {
    ...grant,
    entries: [...grant.entries, entry],
    headers: headersWith('null'),
    allowed: originPresent,
  };
}

/** The only member of a list, where the library sends it to everybody. */
function readSingle(item: Value, context: LibraryContext): Grant {
  if (item.kind === 'text') return sentText(item, context);
  if (item.kind === 'request' && item.input === 'origin') return reflected(item.range, context);
  return byMeaning(item.kind === 'pattern' || item.kind === 'boolean' ? 'sent' : 'unknown', item, context);
}

/** A pattern in the way in which the library asks it. */
export function asApplied<T extends Value>(value: T, { library: { origin } }: LibraryContext): T {
  return value.kind === 'pattern' && origin.patternMode
    ? { ...value, pattern: { ...value.pattern, mode: origin.patternMode } }
    : value;
}

function wildcardEntry(item: Value, { library, text }: LibraryContext, inList: boolean): OriginEntry | undefined {
  const pattern = item.kind === 'text' ? library.origin.wildcard?.(item.text) : undefined;
  if (item.kind !== 'text' || pattern === undefined) return undefined;
  if (library.origin.wildcardIsPattern)
    return {
      range: item.range,
      kind: 'pattern',
      text: pattern.source,
      pattern,
      accepts: originMatches(pattern, item.range),
      matching: 'regex',
      edits: patternTextEdits(item, text, inList),
    };
  return {
    range: item.range,
    kind: 'pattern',
    text: item.text,
    pattern,
    accepts: originMatches(pattern, item.range),
    matching: 'wildcard',
    ...otherwiseWritten(item.text, library),
    edits: textEdits(item, text, true),
  };
}

/** A whole origin, where this release compares only a part of the caller's with it. */
function otherwiseWritten(text: string, { origin }: CorsLibrary): Pick<OriginEntry, 'writtenAs'> {
  const written = inspectOrigin(text).valid ? origin.writtenAs?.(text) : undefined;
  return written === undefined || written === text ? {} : { writtenAs: written };
}

/** Each member becomes a header line of its own: one works, several are refused by browsers. */
function listAsLines(value: List, context: LibraryContext): Grant {
  const { range } = value;
  const texts = value.items.filter((item): item is Text => item.kind === 'text');
  if (value.open || texts.length !== value.items.length) return unknownGrant(range);
  if (texts.length === 1) return readText(texts[0]!, context);
  const headers = texts.map((item): HeaderRule => ({
    name: 'access-control-allow-origin',
    operation: 'append',
    value: { kind: 'text', text: item.text },
    when: always,
    range: item.range,
  }));
  return {
    entries: texts.map((item) => ({
      range: item.range,
      kind: 'text',
      text: item.text,
      accepts: never,
      matching: 'sent-as-is',
    })),
    headers: [...headers, ...(context.library.vary.sent ? [varyOrigin(always, range)] : [])],
    reach: always,
    allowed: always,
    accepted: always,
    facts: [{ kind: 'multiple-origins', origins: texts.map((item) => item.text), range }],
  };
}
