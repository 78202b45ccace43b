/**
 * How `gofmt` lines up the fields of a struct: the values of fields on consecutive lines begin in one column, and a field whose
 * value goes over several lines stands by itself.
 */
import type { Edit, SourceRange } from '../syntax/range.ts';
import type { SourceText } from '../syntax/source-text.ts';

/** A field with its value on one line. */
interface FieldLine {
  readonly name: string;
  /** The blanks between the colon and the value. */
  readonly blanks: SourceRange;
}

const field = /^(\s*(\w+):)( +)\S.*,[ \t]*\r?$/;

/** Where one field is replaced, added or taken away: the blanks behind its colon, and what changes on the lines beside it. */
export interface Alignment {
  readonly blanks: string;
  readonly others: readonly Edit[];
}

/** The lines around the range, with a field of this name in its place, or with none. */
export function aligned(source: SourceText, range: SourceRange, name?: string): Alignment {
  const above = linesFrom(source, source.lastIndexOf('\n', range.start - 1) + 1, -1, range.path);
  const end = source.indexOf('\n', range.end);
  const below = end < 0 ? [] : linesFrom(source, end + 1, 1, range.path);
  const lines = [...above, ...below];
  const width = Math.max(name?.length ?? 0, ...lines.map((line) => line.name.length));
  const blanksFor = (length: number): string => ' '.repeat(width - length + 1);
  return {
    blanks: name === undefined ? '' : blanksFor(name.length),
    others: lines.flatMap((line) => {
      const newText = blanksFor(line.name.length);
      const { start, end: behind } = line.blanks;
      return source.slice(start, behind) === newText ? [] : [{ range: line.blanks, newText }];
    }),
  };
}

/** Consecutive lines of fields, upwards from the line before the offset or downwards from the one that begins there. */
function linesFrom(source: SourceText, offset: number, step: 1 | -1, path: string | undefined): FieldLine[] {
  const found: FieldLine[] = [];
  for (let at = offset; ;) {
    if (step === -1 && at === 0) return found;
    const start = step === 1 ? at : at === 1 ? 0 : source.lastIndexOf('\n', at - 2) + 1;
    const next = source.indexOf('\n', start);
    const match = next < 0 ? null : field.exec(source.slice(start, next));
    if (match === null) return found;
    const [, head, name, blanks] = match;
    const first = start + head!.length;
    found.push({
      name: name!,
      blanks: { start: first, end: first + blanks!.length, ...(path !== undefined && { path }) },
    });
    at = step === 1 ? next + 1 : start;
  }
}
