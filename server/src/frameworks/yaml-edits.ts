/** How edits look in YAML: block style by indentation and dashes, scalars in the quotes that stand there. */
import type { Edit, SourceRange } from '../syntax/range.ts';
import type { TreeDocument, TreeList, TreeNode } from '../syntax/tree.ts';
import { lineEnd, preferredQuote } from './program-edits.ts';

/** True for a map or list of YAML without brackets. */
export function isBlock({ format, text }: TreeDocument, node: TreeNode): boolean {
  return format === 'yaml' && node.kind !== 'scalar' && !/[[{]/.test(text[node.range.start] ?? '[');
}

/** A string in the quotes that stand at `like`, plain where that is plain and the text allows it. */
export function yamlScalarText(text: string, value: string, like?: SourceRange): string {
  const [first] = like ? text.slice(like.start, like.end) : '';
  const quote = first === '"' || first === "'" ? first : undefined;
  // Plain text that starts with an indicator, holds ": " or " #", or reads as another type needs quotes.
  const plain = /^[A-Za-z0-9/.][^\r\n]*$/.test(value) && !/: |:$| #|[[\]{},]/.test(value) && !/^(true|false|null|yes|no|on|off|[-+.\d][\d_.eE+-]*)$/i.test(value) && value.trim() === value;
  if (like !== undefined && quote === undefined && plain) return value;
  return (quote ?? preferredQuote(text)) === "'" && !/[\r\n]/.test(value) ? `'${value.replaceAll("'", "''")}'` : JSON.stringify(value);
}

export function blockEntryText(key: string, value: string): string {
  return `${/^[\w./-]+$/.test(key) ? key : JSON.stringify(key)}: ${value}`;
}

/** Blanks up to the column of the offset. */
export function blockIndentation(text: string, offset: number): string {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return ' '.repeat(offset - lineStart);
}

export function blockListText(text: string, list: TreeList, members: readonly string[]): string {
  return members.map((member) => `- ${member}`).join(`${lineEnd(text)}${blockIndentation(text, list.range.start)}`);
}

/** The member's lines. The first entry of a map that is itself a list's member leaves the dash for the next one. */
export function removeBlockMember(text: string, { start, end }: SourceRange): Edit[] {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const newline = text.indexOf('\n', text[end - 1] === '\n' ? end - 1 : end);
  const lineStop = newline === -1 ? text.length : newline + 1;
  if (/^[ \t]*(-[ \t]*)?$/.test(text.slice(lineStart, start)) && (text[start - 2] !== '-' || !nextEntry(text, lineStop, start - lineStart))) return [{ range: { start: lineStart, end: lineStop }, newText: '' }];
  const column = blockIndentation(text, start).length;
  return [{ range: { start, end: Math.min(text.length, lineStop + column) }, newText: '' }];
}

/** Whether the next line goes on in the column, with an entry and not with a dash further left. */
function nextEntry(text: string, at: number, column: number): boolean {
  return new RegExp(`^ {${column}}[^\\s#-]`).test(text.slice(at, at + column + 1));
}
