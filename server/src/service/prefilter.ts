/** One case-insensitive scan decides whether a file can hold CORS settings at all. */
import { frameworks } from '../frameworks/index.ts';
import type { Framework } from '../models/framework.ts';
import { changeBetween } from '../syntax/programs/edit-between.ts';
import type { SourceKind } from './language.ts';
import { escaped } from '../syntax/programs/name-places.ts';

const patterns = new Map<string, RegExp>();

/** The frameworks that read this kind of file. */
export function frameworksFor(kind: SourceKind): readonly Framework[] {
  const language = languageOf(kind);
  return frameworks.filter(
    (framework) =>
      framework.shape === kind.shape &&
      (framework.shape === 'program'
        ? (framework.languages as readonly string[])
        : (framework.formats as readonly string[])
      ).includes(language),
  );
}

/** Whether any of their words occurs. Words are ASCII, so that a text of bytes read as Latin-1 gives the same answer. */
export function mentionsCors(kind: SourceKind, text: string): boolean {
  const key = `${kind.shape} ${languageOf(kind)}`;
  let pattern = patterns.get(key);
  if (!pattern) {
    // A block of YAML, or a script, may hold a file of any other kind.
    const readers =
      kind.shape === 'tree' && /^(yaml|dockerfile|shell)$/.test(kind.format)
        ? frameworks.filter(({ shape }) => shape !== 'program')
        : frameworksFor(kind);
    const words = readers.flatMap(({ mentions }) => mentions).map(escaped);
    pattern = words.length > 0 ? new RegExp([...new Set(words)].join('|'), 'i') : /(?!)/;
    patterns.set(key, pattern);
  }
  return pattern.test(text);
}

/** Which frameworks' words a text holds. */
export interface Mentions {
  readonly kind: SourceKind;
  readonly text: string;
  readonly frameworks: readonly Framework[];
}

/** What the text mentions; `before` is the answer for an earlier version of it, which one keystroke seldom changes. */
export function mentionsIn(kind: SourceKind, text: string, before?: Mentions): Mentions {
  if (before && sameKind(kind, before.kind) && !wordsChanged(kind, before.text, text))
    return { kind, text, frameworks: before.frameworks };
  const lowerCase = text.toLowerCase();
  return {
    kind,
    text,
    frameworks: frameworksFor(kind).filter(({ mentions }) => mentions.some((word) => lowerCase.includes(word))),
  };
}

/** A word that came or went overlaps what was replaced; one that stands there before and after is no news. */
function wordsChanged(kind: SourceKind, before: string, after: string): boolean {
  const { start, oldEnd, newEnd } = changeBetween(before, after);
  const from = Math.max(0, start - longestWord);
  const [old, now] = [
    before.slice(from, oldEnd + longestWord).toLowerCase(),
    after.slice(from, newEnd + longestWord).toLowerCase(),
  ];
  return frameworksFor(kind).some(({ mentions }) => mentions.some((word) => old.includes(word) !== now.includes(word)));
}

const longestWord = Math.max(...frameworks.flatMap(({ mentions }) => mentions).map(({ length }) => length));

function sameKind(a: SourceKind, b: SourceKind): boolean {
  return a.shape === b.shape && languageOf(a) === languageOf(b);
}

function languageOf(kind: SourceKind): string {
  return kind.shape === 'program' ? kind.language : kind.format;
}
