/** Edits of single nginx statements: lines added after, repeated before and taken away. */
import type { Edit, SourceRange } from '../../../syntax/range.ts';
import type { Item } from './nginx-blocks.ts';
import type { HeaderLine } from './nginx-headers.ts';
import { effectiveLines, hasOwnAdds } from './nginx-headers.ts';
import { indentationAt, lineEnd } from '../../../edits/program-edits.ts';

/** Takes the statement away, with its line where nothing else stands on it. */
export function removeStatement(text: string, item: Item): Edit[] {
  return item.path === undefined ? [{ range: wholeLine(text, item.directive.range), newText: '' }] : [];
}

/** `Vary: Origin` beside each Access-Control-Allow-Origin whose block sends none yet. */
export function varyEdits(text: string, lines: readonly HeaderLine[]): Edit[] {
  return unvaried(lines).map((line) => {
    const usesMore =
      line.how === 'set' && !hasOwnAdds(line.block) && effectiveLines(line.block).some((other) => other.how === 'add');
    return after(text, line.item, usesMore ? 'more_set_headers "Vary: Origin";' : 'add_header Vary Origin always;');
  });
}

/** The lines once more before a statement that would drop them. */
export function repeatedBefore(text: string, lines: readonly HeaderLine[], before: Item): Edit[] {
  if (before.path !== undefined || lines.some((line) => line.item.path !== undefined)) return [];
  const { start } = before.directive.range;
  const ownLine = text.slice(text.lastIndexOf('\n', start - 1) + 1, start).trim() === '';
  const separator = ownLine ? lineEnd(text) + indentationAt(text, start) : ' ';
  const newText = lines
    .map((line) => `${text.slice(line.item.directive.range.start, line.range.end)};${separator}`)
    .join('');
  return [{ range: { start, end: start }, newText }];
}

/** `always` at the end of each statement, once where it sends several headers. */
export function addAlways(lines: readonly HeaderLine[]): Edit[] {
  return [...new Set(lines.map((line) => line.range.end))].map((end) => ({
    range: { start: end, end },
    newText: ' always',
  }));
}

/** Lines whose block sends no Vary yet, one a block. */
function unvaried(lines: readonly HeaderLine[]): HeaderLine[] {
  return lines.filter(
    (line, index) =>
      line.name === 'access-control-allow-origin' &&
      line.how !== 'clear' &&
      line.item.path === undefined &&
      !effectiveLines(line.block).some(variesByOrigin) &&
      !lines.slice(0, index).some((earlier) => earlier.name === line.name && earlier.block === line.block),
  );
}

function variesByOrigin({ name, text }: HeaderLine): boolean {
  return name === 'vary' && /(^|[\s,])(origin|\*)([\s,]|$)/i.test(text);
}

function after(text: string, item: Item, statement: string): Edit {
  const { start, end } = item.directive.range;
  const rest = /^[ \t]*(#[^\r\n]*)?(?=\r?\n|$)/.exec(text.slice(end))?.[0];
  // Between other statements of one line it takes no line of its own.
  if (rest === undefined) return { range: { start: end, end }, newText: ` ${statement}` };
  const at = end + rest.trimEnd().length;
  return { range: { start: at, end: at }, newText: `${lineEnd(text)}${indentationAt(text, start)}${statement}` };
}

/** The statement with its line where nothing else stands on it. */
function wholeLine(text: string, range: SourceRange): SourceRange {
  const start = text.lastIndexOf('\n', range.start - 1) + 1;
  const rest = /^[ \t]*(?:\r?\n)?/.exec(text.slice(range.end))![0];
  if (text.slice(start, range.start).trim() === '' && (rest.includes('\n') || range.end + rest.length === text.length))
    return { start, end: range.end + rest.length };
  const blank = /[ \t]*$/.exec(text.slice(0, range.start))![0];
  return { start: range.start - blank.length, end: range.end };
}
