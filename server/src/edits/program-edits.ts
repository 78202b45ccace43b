/** Edits in the text of a program: list members, dictionary entries and statements with their commas and lines. */
import type { Edit, SourceRange } from '../syntax/range.ts';
import { countIn, runAt, runBefore } from '../syntax/source-text.ts';
import type { SourceText } from '../syntax/source-text.ts';

/** The quote that the text uses most for strings; `otherwise` where both are as frequent or there is none. */
export function preferredQuote(text: SourceText, otherwise: '"' | "'" = "'"): '"' | "'" {
  // Every reader of a file asks the same of the same text.
  if (counted.text !== text) counted = { text, double: countIn(text, /"/g), single: countIn(text, /'/g) };
  const { double, single } = counted;
  if (double === single) return otherwise;
  return double > single ? '"' : "'";
}

let counted: { text: SourceText; double: number; single: number } = { text: '', double: 0, single: 0 };

/** A string literal of that text in the given quote. */
export function quoted(text: string, quote: string): string {
  return quote + text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`) + quote;
}

/** `['https://a', 'https://b']`. */
export function originList(origins: readonly string[], quote: string): string {
  return `[${origins.map((origin) => quoted(origin, quote)).join(', ')}]`;
}

/**
 * Removes a member of a bracketed list or dictionary together with one comma, and with its whole line where nothing
 * else stands on it.
 */
export function removeMember(text: SourceText, member: SourceRange): Edit[] {
  const { path } = member;
  const blanks = runAt(text, member.end, /\s/).length;
  if (text.slice(member.end + blanks, member.end + blanks + 1) === ',') {
    const end = member.end + blanks + 1;
    const inLine = runAt(text, end, /[ \t]/);
    const rest = inLine + /^(?:\r?\n)?/.exec(text.slice(end + inLine.length, end + inLine.length + 2))![0];
    const lineStart = text.lastIndexOf('\n', member.start - 1) + 1;
    const aloneOnLine = text.slice(lineStart, member.start).trim() === '' && rest.includes('\n');
    if (aloneOnLine) return [{ range: { start: lineStart, end: end + rest.length, path }, newText: '' }];
    return [{ range: { start: member.start, end: end + rest.replace(/\r?\n$/, '').length, path }, newText: '' }];
  }
  const comma = member.start - runBefore(text, member.start, /\s/).length - 1;
  const start = comma >= 0 && text.slice(comma, comma + 1) === ',' ? comma : member.start;
  return [{ range: { start, end: member.end, path }, newText: '' }];
}

/** White space at the start of the line that holds the offset. */
export function indentationAt(text: SourceText, offset: number): string {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return runAt(text, lineStart, /[ \t]/);
}

/** One more level of indentation than `indentation`, as the text does it. */
export function deeper(text: SourceText, indentation: string): string {
  if (text.match(/^\t/m)) return `${indentation}\t`;
  const unit = text.match(/^( {2,8})\S/m)?.[1]?.length ?? 2;
  return indentation + ' '.repeat(unit % 4 === 0 ? 4 : 2);
}

/** The text's own line end. */
export function lineEnd(text: SourceText): string {
  return text.match(/\r\n/) ? '\r\n' : '\n';
}

/** Inserts `name: value` as the first entry of a dictionary literal `{…}` that stands at `dictionary`. */
export function insertEntry(text: SourceText, dictionary: SourceRange, entry: string, placeholder?: string): Edit[] {
  const { path } = dictionary;
  const open = dictionary.start + 1;
  const inside = text.slice(open, dictionary.end - 1);
  const at = { start: open, end: open, path };
  if (inside.trim() === '')
    return [{ range: { start: open, end: dictionary.end - 1, path }, newText: ` ${entry} `, placeholder }];
  const newline = /^[ \t]*\r?\n[ \t]*/.exec(inside)?.[0];
  return [
    {
      range: at,
      newText: newline !== undefined ? `${newline}${entry},` : inside.startsWith(' ') ? ` ${entry},` : `${entry}, `,
      placeholder,
    },
  ];
}
