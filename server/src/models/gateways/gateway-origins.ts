/** Whom the texts of a gateway's list of origins let in. */
import type { SourceRange } from '../../syntax/range.ts';
import type { OriginEntry } from '../../policy/policy.ts';
import { always, never, originEquals, originMatches, unknown } from '../../policy/request-test.ts';
import type { OriginMeaning } from './gateway-cors.ts';
import { helmFallback } from './helm-values.ts';
import type { PlacedText } from './setting-places.ts';

/** The entries that texts amount to, one each; a text that a template fills in is not known, unless its default opens. */
export function originEntries(texts: readonly PlacedText[], meaning: (text: string) => OriginMeaning): OriginEntry[] {
  return texts.map((placed) => {
    const fallback = placed.open ? helmFallback(placed.text) : undefined;
    if (fallback && fallback.value.split(',').some((part) => meaning(part.trim()) === 'any'))
      return { range: placed.range, kind: 'fallback', variable: fallback.name, accepts: unknown() };
    return placed.open
      ? { range: placed.range, kind: 'unknown', accepts: unknown() }
      : originEntry(placed, meaning(placed.text));
  });
}

/** One text with its meaning. */
export function originEntry({ text, range, edits }: PlacedText, meaning: OriginMeaning): OriginEntry {
  const base = { text, range, edits };
  switch (meaning) {
    case 'any':
      return { ...base, kind: 'any', accepts: always };
    case 'exact':
      return { ...base, kind: 'text', accepts: originEquals(text, range), matching: 'exact' };
    case 'ignoring-case':
      return { ...base, kind: 'text', accepts: originEquals(text, range, true), matching: 'exact' };
    case 'never':
      return { ...base, kind: 'text', accepts: never, matching: 'exact' };
    case 'unknown':
      return { range, text, kind: 'unknown', accepts: unknown() };
  }
  const [pattern, matching] =
    'wildcard' in meaning ? [meaning.wildcard, 'wildcard' as const] : [meaning.regex, 'regex' as const];
  const { replacePattern, ...others } = edits ?? {};
  return {
    ...base,
    kind: 'pattern',
    pattern,
    accepts: originMatches(pattern, range),
    matching,
    edits: matching === 'regex' ? edits : (others as typeof edits),
  };
}

/** A default that lets everybody in, at what switches it on. */
export function openByDefault(range: SourceRange): OriginEntry {
  return { range, kind: 'any', accepts: always, byDefault: true };
}
