/**
 * Reading and editing a tree: entries by key, lists and values rewritten in the file's own layout.
 *
 * What a value, a key, a list or a removal looks like in the document's format is decided here and nowhere else; a
 * framework's file hands over plain values.
 */
import type { Edit, SourceRange } from '../syntax/range.ts';
import type { EntryEdits, Fact } from '../policy/policy.ts';
import type { TreeDocument, TreeEntry, TreeList, TreeMap, TreeNode, TreeScalar } from '../syntax/tree.ts';
import { indentationAt, lineEnd, nearestName, removeMember } from './program-edits.ts';
import { blockEntryText, blockIndentation, blockListText, isBlock, removeBlockMember, yamlScalarText } from './yaml-edits.ts';

/** The entry of this key; of repeated ones the last, as JSON readers take it. */
export function entryOf(node: TreeNode | undefined, key: string): TreeEntry | undefined {
  return node?.kind === 'map' ? node.entries.findLast((entry) => entry.key === key) : undefined;
}

/** The value at the end of a path of keys. */
export function valueAt(node: TreeNode | undefined, ...path: readonly string[]): TreeNode | undefined {
  return path.reduce<TreeNode | undefined>((value, key) => entryOf(value, key)?.value, node);
}

/** The members of a list that are maps. */
export function mapsOf(node: TreeNode | undefined): TreeMap[] {
  return node?.kind === 'list' ? node.items.filter((item) => item.kind === 'map') : [];
}

export function entriesOf(node: TreeNode | undefined): readonly TreeEntry[] {
  return node?.kind === 'map' ? node.entries : [];
}

export function textOf(node: TreeNode | undefined): string | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

export function isTrue(node: TreeNode | undefined): boolean {
  return node?.kind === 'scalar' && node.value === true;
}

/** True for what a build or deploy step will fill in: `${DOMAIN}`, `{{ origin }}`, `%%ORIGIN%%`, `<your-domain>`, `__ORIGIN__`. */
export function isPlaceholder(text: string): boolean {
  return /\$|\{\{|#\{|%[^\s%]+%|<[^>]+>|__\w+__|@@/.test(text);
}

export const isString = (node: TreeNode): node is TreeScalar & { value: string } => node.kind === 'scalar' && typeof node.value === 'string';

/** The strings of a list, or a string that stands alone. */
export function textNodesOf(node: TreeNode | undefined): (TreeScalar & { value: string })[] {
  if (node === undefined) return [];
  return (node.kind === 'list' ? node.items : [node]).filter(isString);
}

/** A value to be written: what JSON has, without null. */
export type PlainValue = string | number | boolean | readonly PlainValue[] | { readonly [key: string]: PlainValue };

/** The value in the document's format, on one line. */
export function valueText(document: TreeDocument, value: PlainValue): string {
  if (document.format === 'yaml' && typeof value === 'string') return yamlScalarText(document.text, value);
  if (typeof value !== 'object') return JSON.stringify(value);
  if (isPlainList(value)) return `[${value.map((item) => valueText(document, item)).join(', ')}]`;
  const entries = Object.entries(value).map(([key, inner]) => entryText(document, key, inner));
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** A key with its value in the document's format, on one line. */
export function entryText(document: TreeDocument, key: string, value: PlainValue): string {
  return document.format === 'yaml' ? blockEntryText(key, valueText(document, value)) : `${valueText(document, key)}: ${valueText(document, value)}`;
}

/** Puts another value where `node` stands. */
export function replaceValue(document: TreeDocument, node: TreeNode, value: PlainValue, placeholder?: string): Edit[] {
  const newText = document.format === 'yaml' && typeof value === 'string' && node.kind === 'scalar' ? yamlScalarText(document.text, value, node.range) : valueText(document, value);
  return [{ range: node.range, newText, placeholder }];
}

/** Another number of seconds, in quotes where the present one has them. */
export function replaceNumber(document: TreeDocument, node: TreeNode, value: number): Edit[] {
  return replaceValue(document, node, isString(node) ? String(value) : value);
}

export function renameKey(document: TreeDocument, keyRange: SourceRange, name: string): Edit[] {
  const bare = document.format === 'yaml' && !/^["']/.test(document.text.slice(keyRange.start, keyRange.end));
  return [{ range: keyRange, newText: bare ? name : valueText(document, name) }];
}

/** Edits of a string that is a member of a list, or stands alone. `wrap` puts a text in the quotes that the value's own syntax wants. */
export function stringEdits(document: TreeDocument, node: TreeScalar, inList: boolean, wrap: (text: string) => string = (text) => text): EntryEdits {
  return {
    replaceText: (text) => replaceValue(document, node, wrap(text)),
    ...(inList && {
      remove: () => removeItem(document, node),
      replaceByOrigins: (origins, placeholder): Edit[] => {
        if (node.parent && isBlock(document, node.parent)) return [{ range: node.range, newText: origins.map((origin) => yamlScalarText(document.text, wrap(origin), node.range)).join(`${lineEnd(document.text)}${blockIndentation(document.text, node.parent.range.start)}- `), placeholder }];
        const separator = startsLine(document.text, node.range) ? `,${lineEnd(document.text)}${indentationAt(document.text, node.range.start)}` : ', ';
        return [{ range: node.range, newText: origins.map((origin) => valueText(document, wrap(origin))).join(separator), placeholder }];
      },
    }),
  };
}

/** Puts these members in place of those of a list, in its layout: one a line where that has one a line. */
export function replaceList(document: TreeDocument, list: TreeList, members: readonly PlainValue[], placeholder?: string): Edit[] {
  return [{ range: list.range, newText: listText(document, list, members.map((member) => valueText(document, member))), placeholder }];
}

/** Replaces the members that let everybody in: by the others where only a placeholder could be offered, else by the origins. */
export function replaceOrigins(document: TreeDocument, list: TreeList, isOpen: (item: TreeNode) => boolean, origins: readonly string[], placeholder: string | undefined): Edit[] {
  const kept = list.items.filter((item) => !isOpen(item)).map(({ range }) => document.text.slice(range.start, range.end));
  if (placeholder !== undefined && kept.length > 0) return [{ range: list.range, newText: listText(document, list, kept) }];
  return replaceList(document, list, origins, placeholder);
}

/** Inserts the key as the first entry of a map, on a line of its own where the others have theirs. */
export function insertKey(document: TreeDocument, map: TreeMap, key: string, value: PlainValue, placeholder?: string): Edit[] {
  const written = entryText(document, key, value);
  if (isBlock(document, map)) return [{ range: { start: map.range.start, end: map.range.start }, newText: `${written}${lineEnd(document.text)}${blockIndentation(document.text, map.range.start)}`, placeholder }];
  const at = map.range.start + 1;
  const [first] = map.entries;
  if (first === undefined) return [{ range: { start: at, end: at }, newText: ` ${written} `, placeholder }];
  const before = /^[ \t]*(\r?\n[ \t]*)?/.exec(document.text.slice(at))!;
  return [{ range: { start: at, end: at }, newText: before[1] !== undefined ? `${before[0]}${written},` : `${before[0]}${written},${before[0] === '' ? ' ' : ''}`, placeholder }];
}

/** Adds a member at the end of a list that has members already, on a line of its own where the last one has its own. */
export function appendItem(document: TreeDocument, list: TreeList, value: PlainValue): Edit[] {
  const last = list.items.at(-1);
  if (last === undefined) return [];
  const { text } = document;
  if (isBlock(document, list)) return [{ range: { start: last.range.end, end: last.range.end }, newText: `${lineEnd(text)}${blockIndentation(text, list.range.start)}- ${valueText(document, value)}` }];
  const separator = startsLine(text, last.range) ? lineEnd(text) + indentationAt(text, last.range.start) : ' ';
  return [{ range: { start: last.range.end, end: last.range.end }, newText: `,${separator}${valueText(document, value)}` }];
}

/** Takes a member out of its list, with its comma. */
export function removeItem(document: TreeDocument, item: TreeNode): Edit[] {
  return item.parent && isBlock(document, item.parent) ? removeBlockMember(document.text, item.range) : removeMember(document.text, item.range);
}

/** Takes a key with its value out of its map, with its comma. */
export function removeEntry(document: TreeDocument, entry: TreeEntry): Edit[] {
  return entry.value.parent && isBlock(document, entry.value.parent) ? removeBlockMember(document.text, entry.range) : removeMember(document.text, entry.range);
}

/** Keys that nobody reads and that are near to, or another service's word for, one that is read. `rejected` where the service refuses such a key. */
export function unknownKeys(document: TreeDocument, map: TreeMap, known: readonly string[], foreign: Readonly<Record<string, string>>, opens: (suggestion: string) => boolean = () => false, rejected = false): Fact[] {
  return map.entries.flatMap((entry): Fact[] => {
    if (known.includes(entry.key)) return [];
    const suggestion = foreign[entry.key.toLowerCase()] ?? nearestName(entry.key, known);
    if (suggestion === null || entryOf(map, suggestion)) return [];
    return [{ kind: 'unknown-option', name: entry.key, suggestion, range: entry.keyRange, opens: opens(suggestion), ...(rejected && { rejected }), rename: () => renameKey(document, entry.keyRange, suggestion) }];
  });
}

/** Members that are text already, in the layout of the list that they replace. */
function listText(document: TreeDocument, list: TreeList, members: readonly string[]): string {
  const [first] = list.items;
  const { text } = document;
  if (isBlock(document, list)) return blockListText(text, list, members);
  if (first === undefined) return `[${members.join(', ')}]`;
  if (startsLine(text, first.range)) {
    const newline = lineEnd(text);
    const indentation = indentationAt(text, first.range.start);
    return `[${newline}${indentation}${members.join(`,${newline}${indentation}`)}${newline}${indentationAt(text, list.range.end - 1)}]`;
  }
  const padding = /^\[( *)/.exec(text.slice(list.range.start))?.[1] ?? '';
  return `[${padding}${members.join(', ')}${padding}]`;
}

function isPlainList(value: PlainValue): value is readonly PlainValue[] {
  return Array.isArray(value);
}

function startsLine(text: string, range: SourceRange): boolean {
  const before = text.slice(text.lastIndexOf('\n', range.start - 1) + 1, range.start);
  return before.trim() === '' && text.lastIndexOf('\n', range.start - 1) !== -1;
}
