/** Edits of statements that stand on lines of their own: lines added, taken away, and what origin tests compare with. */
import type { Edit, SourceRange } from '../../syntax/range.ts';
import type { EntryEdits } from '../../policy/policy.ts';
import type { OriginTest } from '../../policy/request-test.ts';
import { indentationAt, lineEnd } from '../../edits/program-edits.ts';

/** Edits of the tests of a document, by where a test stands. */
export class TestEdits {
  private readonly places = new Map<number, EntryEdits>();
  set(range: SourceRange, edits: EntryEdits): void {
    this.places.set(range.start, edits);
  }
  of(test: OriginTest): EntryEdits | undefined {
    return test.range && this.places.get(test.range.start);
  }
}

/**
 * Lines after the statement that ends at `end`, in the indentation of the one that starts at `start`; a comment at its end
 * stays with it.
 */
export function linesAfter(text: string, { start, end }: SourceRange, lines: readonly string[]): Edit[] {
  const newline = lineEnd(text);
  const rest = /^[^\r\n]*/.exec(text.slice(end))![0];
  const at = end + rest.trimEnd().length;
  return [
    {
      range: { start: at, end: at },
      newText: lines.map((line) => `${newline}${indentationAt(text, start)}${line}`).join(''),
    },
  ];
}

/** Lines before the statement. */
export function linesBefore(
  text: string,
  { start }: SourceRange,
  lines: readonly string[],
  placeholder?: string,
): Edit[] {
  const newline = lineEnd(text);
  return [
    {
      range: { start, end: start },
      newText: lines.map((line) => `${line}${newline}${indentationAt(text, start)}`).join(''),
      ...(placeholder !== undefined && { placeholder }),
    },
  ];
}

/** The statement with its line where nothing else stands on it. */
export function removeLine(text: string, range: SourceRange): Edit[] {
  const start = text.lastIndexOf('\n', range.start - 1) + 1;
  const rest = /^[ \t]*(?:\r?\n)?/.exec(text.slice(range.end))![0];
  if (text.slice(start, range.start).trim() === '' && (rest.includes('\n') || range.end + rest.length === text.length))
    return [{ range: { start, end: range.end + rest.length }, newText: '' }];
  return [{ range, newText: '' }];
}

/** A pattern that matches exactly these origins. */
export function exactPattern(origins: readonly string[]): string {
  const escaped = origins.map((origin) => origin.replaceAll(/[.[\]()*+?^$|{}\\]/g, '\\$&'));
  return escaped.length === 1 ? `^${escaped[0]}$` : `^(?:${escaped.join('|')})$`;
}

/** Edits of a regular expression whose source stands at `content`; `write` turns a source into what is written there. */
export function patternEdits(content: SourceRange, write: (source: string) => string = (source) => source): EntryEdits {
  return {
    replacePattern: (source) => [{ range: content, newText: write(source.replaceAll('\\/', '/')) }],
    replaceByOrigins: (origins) => [{ range: content, newText: write(exactPattern(origins)) }],
  };
}

/** Each edit once: several entries can have one place. */
export function distinctEdits(edits: readonly Edit[]): Edit[] {
  const keyOf = ({ range, newText }: Edit): string => `${range.start} ${range.end} ${newText}`;
  const first = new Map<string, Edit>();
  for (const edit of edits) if (!first.has(keyOf(edit))) first.set(keyOf(edit), edit);
  return [...first.values()];
}
