/** One case-insensitive scan decides whether a file can hold CORS settings at all. */
import { frameworks } from '../frameworks/index.ts';
import type { Framework } from '../frameworks/framework.ts';
import type { SourceKind } from './language.ts';

const patterns = new Map<string, RegExp>();

/** The frameworks that read this kind of file. */
export function frameworksFor(kind: SourceKind): readonly Framework[] {
  const language = languageOf(kind);
  return frameworks.filter((framework) => framework.shape === kind.shape && (framework.shape === 'program' ? framework.languages as readonly string[] : framework.formats as readonly string[]).includes(language));
}

/** Whether any of their words occurs. Words are ASCII, so that a text of bytes read as Latin-1 gives the same answer. */
export function mentionsCors(kind: SourceKind, text: string): boolean {
  const key = `${kind.shape} ${languageOf(kind)}`;
  let pattern = patterns.get(key);
  if (!pattern) {
    // A block of YAML may hold a file of any other kind.
    const readers = kind.shape === 'tree' && kind.format === 'yaml' ? frameworks.filter(({ shape }) => shape !== 'program') : frameworksFor(kind);
    const words = readers.flatMap(({ mentions }) => mentions).map((word) => word.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&'));
    pattern = words.length > 0 ? new RegExp([...new Set(words)].join('|'), 'i') : /(?!)/;
    patterns.set(key, pattern);
  }
  return pattern.test(text);
}

function languageOf(kind: SourceKind): string {
  return kind.shape === 'program' ? (kind.grammar === 'python' ? 'python' : 'javascript') : kind.format;
}
