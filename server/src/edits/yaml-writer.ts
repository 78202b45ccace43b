/** How edits look in YAML: block style by indentation and dashes, scalars in the quotes that stand there. */
import type { Edit, SourceRange } from '../syntax/range.ts';
import type { TreeDocument, TreeList, TreeNode } from '../syntax/trees/tree.ts';
import { bracketWriter } from './bracket-writer.ts';
import { lineEnd, preferredQuote } from './program-edits.ts';
import type { TreeWriter } from './tree-writer.ts';

export const yamlWriter: TreeWriter = {
  string: ({ text }, value, like) => yamlScalarText(text, value, like),
  key: (document, name, like) =>
    /^[\w./-]+$/.test(name) && !(like && /^["']/.test(document.text.slice(like.start, like.end)))
      ? name
      : JSON.stringify(name),
  entry: bracketWriter.entry,
  flowList: bracketWriter.flowList,
  flowMap: bracketWriter.flowMap,
  listText: (document, list, members) =>
    isBlock(document, list)
      ? blockListText(document.text, list, members)
      : bracketWriter.listText(document, list, members),
  separator: (document, item) =>
    item.parent && isBlock(document, item.parent)
      ? `${lineEnd(document.text)}${blockIndentation(document.text, item.parent.range.start)}- `
      : bracketWriter.separator(document, item),
  insert(document, map, entry, placeholder) {
    if (!isBlock(document, map)) return bracketWriter.insert(document, map, entry, placeholder);
    const { start } = map.range;
    return [
      {
        range: { start, end: start },
        newText: `${entry}${lineEnd(document.text)}${blockIndentation(document.text, start)}`,
        placeholder,
      },
    ];
  },
  removeItem: (document, item) =>
    item.parent && isBlock(document, item.parent)
      ? removeBlockMember(document.text, item.range)
      : bracketWriter.removeItem(document, item),
  removeEntry: (document, entry) =>
    entry.value.parent && isBlock(document, entry.value.parent)
      ? removeBlockMember(document.text, entry.range)
      : bracketWriter.removeEntry(document, entry),
};

/** True for a map or list of YAML without brackets. */
function isBlock({ text }: TreeDocument, node: TreeNode): boolean {
  return node.kind !== 'scalar' && !/[[{]/.test(text[node.range.start] ?? '[');
}

/** A string in the quotes that stand at `like`, plain where that is plain and the text allows it. */
function yamlScalarText(text: string, value: string, like?: SourceRange): string {
  const [first] = like ? text.slice(like.start, like.end) : '';
  const quote = first === '"' || first === "'" ? first : undefined;
  // Plain text that starts with an indicator, holds ": " or " #", or reads as another type needs quotes.
  const plain =
    /^[A-Za-z0-9/.^][^\r\n]*$/.test(value) &&
    !/: |:$| #|[[\]{},]/.test(value) &&
    !/^(true|false|null|yes|no|on|off|[-+.\d][\d_.eE+-]*)$/i.test(value) &&
    value.trim() === value;
  if (like !== undefined && quote === undefined && plain) return value;
  // Backslashes stand for themselves in single quotes only.
  return (quote ?? (value.includes('\\') ? "'" : preferredQuote(text))) === "'" && !/[\r\n]/.test(value)
    ? `'${value.replaceAll("'", "''")}'`
    : JSON.stringify(value);
}

/** Blanks up to the column of the offset. */
function blockIndentation(text: string, offset: number): string {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return ' '.repeat(offset - lineStart);
}

function blockListText(text: string, list: TreeList, members: readonly string[]): string {
  return members.map((member) => `- ${member}`).join(`${lineEnd(text)}${blockIndentation(text, list.range.start)}`);
}

/** The member's lines. The first entry of a map that is itself a list's member leaves the dash for the next one. */
function removeBlockMember(text: string, { start, end }: SourceRange): Edit[] {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const newline = text.indexOf('\n', text[end - 1] === '\n' ? end - 1 : end);
  const lineStop = newline === -1 ? text.length : newline + 1;
  if (
    /^[ \t]*(-[ \t]*)?$/.test(text.slice(lineStart, start)) &&
    (text[start - 2] !== '-' || !nextEntry(text, lineStop, start - lineStart))
  )
    return [{ range: { start: lineStart, end: lineStop }, newText: '' }];
  const column = blockIndentation(text, start).length;
  return [{ range: { start, end: Math.min(text.length, lineStop + column) }, newText: '' }];
}

/** Whether the next line goes on in the column, with an entry and not with a dash further left. */
function nextEntry(text: string, at: number, column: number): boolean {
  return new RegExp(`^ {${column}}[^\\s#-]`).test(text.slice(at, at + column + 1));
}
