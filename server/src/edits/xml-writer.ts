/** How edits look in XML: attributes in their quotes, texts between tags, an element on the line of its neighbours. */
import type { Edit, SourceRange } from '../syntax/range.ts';
import type { TreeDocument, TreeMap, TreeNode } from '../syntax/trees/tree.ts';
import { indentationAt, lineEnd } from './program-edits.ts';
import type { TreeWriter } from './tree-writer.ts';

/**
 * A list is what a framework's file makes of the elements of one name: its members are the scalars that stand in them, so
 * that a member is written with the tags of its neighbour around it.
 */
export const xmlWriter: TreeWriter = {
  string: ({ text }, value, like) => {
    const quote = like && quoteAt(text, like);
    return quote === undefined ? escaped(value) : `${quote}${escaped(value, quote)}${quote}`;
  },
  key: (_, name) => name.replace(/^@/, ''),
  entry: (key, value) => `<${key}>${value}</${key}>`,
  flowList: (members) => members.join(','),
  flowMap: (entries) => entries.join(''),
  listText(document, list, members) {
    const [first] = list.items;
    const around = first && tagsAround(document, first);
    if (first === undefined || around === undefined) return members.join(',');
    const quote = quoteAt(document.text, first.range) ?? '';
    const written = members.map(
      (member) => `${around.before}${member.startsWith(quote) ? member : `${quote}${member}${quote}`}${around.after}`,
    );
    return written.join(gap(document, around.element));
  },
  separator(document, item) {
    const around = tagsAround(document, item);
    return around === undefined ? ',' : `${around.after}${gap(document, around.element)}${around.before}`;
  },
  insert(document, map, entry, placeholder) {
    const before = map.entries.find(({ key }) => !/^[@#]/.test(key));
    if (before === undefined) return [];
    const { start } = before.range;
    return [{ range: { start, end: start }, newText: `${entry}${gap(document, before.range)}`, placeholder }];
  },
  removeItem(document, item) {
    const element = elementOf(item);
    return element ? removeRange(document, element.range) : [];
  },
  removeEntry: (document, { key, range }) =>
    key.startsWith('@') ? removeAttribute(document, range) : removeRange(document, range),
};

/** Adds an element behind the last one of its parent, on a line of its own where that one has its own. */
export function appendElement(
  document: TreeDocument,
  last: SourceRange,
  element: string,
  placeholder?: string,
): Edit[] {
  return [{ range: { start: last.end, end: last.end }, newText: `${gap(document, last)}${element}`, placeholder }];
}

/** A text as it stands in XML; `quote` is the one around an attribute's value. */
export function escaped(value: string, quote?: string): string {
  const common = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return quote === undefined
    ? common.replaceAll('>', '&gt;')
    : common.replaceAll(quote, quote === '"' ? '&quot;' : '&apos;');
}

/** The quote in which an attribute's value stands; none around the text of an element. */
function quoteAt(text: string, { start }: SourceRange): string | undefined {
  return /=\s*$/.test(text.slice(Math.max(0, start - 20), start))
    ? /^["']/.exec(text.slice(start, start + 1))?.[0]
    : undefined;
}

function elementOf(node: TreeNode): TreeMap | undefined {
  return node.kind === 'map' ? node : node.parent?.kind === 'map' ? node.parent : undefined;
}

function tagsAround(
  { text }: TreeDocument,
  item: TreeNode,
): { readonly before: string; readonly after: string; readonly element: SourceRange } | undefined {
  const element = elementOf(item)?.range;
  return (
    element && {
      before: text.slice(element.start, item.range.start),
      after: text.slice(item.range.end, element.end),
      element,
    }
  );
}

/** What stands between two elements, where one stands here: a line end and its indentation, or nothing. */
function gap({ text }: TreeDocument, { start }: SourceRange): string {
  return startsLine(text, start) ? `${lineEnd(text)}${indentationAt(text, start)}` : '';
}

function startsLine(text: string, start: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  return line.trim() === '' && text.includes('\n');
}

/** With its line where nothing else stands on it, else with the blanks before it. */
function removeRange({ text }: TreeDocument, { start, end }: SourceRange): Edit[] {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const rest = /^[ \t]*(\r?\n|$)/.exec(text.slice(end));
  if (rest && text.slice(lineStart, start).trim() === '')
    return [{ range: { start: lineStart, end: end + rest[0].length }, newText: '' }];
  const blanks = /[ \t]*$/.exec(text.slice(lineStart, start))![0].length;
  return [{ range: { start: start - blanks, end }, newText: '' }];
}

/** With all the blanks before it: the tag goes on behind it. */
function removeAttribute({ text }: TreeDocument, { start, end }: SourceRange): Edit[] {
  return [{ range: { start: text.slice(0, start).trimEnd().length, end }, newText: '' }];
}
