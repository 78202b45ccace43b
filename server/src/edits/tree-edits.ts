/**
 * Reading and editing a tree: entries by key, lists and values rewritten in the file's own layout.
 *
 * A framework's file hands over plain values; the writer of the document's format makes text of them. What is shared with
 * another place of the file has no edits.
 */
import type { Edit, SourceRange } from '../syntax/range.ts';
import type { EntryEdits, Fact } from '../policy/policy.ts';
import type { TreeDocument, TreeEntry, TreeList, TreeMap, TreeNode, TreeScalar } from '../syntax/trees/tree.ts';
import { nearestName } from './nearest-name.ts';
import { writerOf } from './format-writers.ts';

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
  return /\$(?!$|[|)])|\{\{|#\{|%[^\s%]+%|<[^>]+>|__\w+__|@@/.test(text);
}

export const isString = (node: TreeNode): node is TreeScalar & { value: string } =>
  node.kind === 'scalar' && typeof node.value === 'string';

/** A part of a text where it stands, which is not edited as a value of its own; undefined where escapes shift the letters. */
export function partOfText(node: TreeNode, part: string): TreeScalar | undefined {
  if (!isString(node)) return undefined;
  const { start, end } = node.contentRange;
  const at = node.value.lastIndexOf(part);
  if (at < 0 || end - start !== node.value.length) return undefined;
  const range = { ...node.contentRange, start: start + at, end: start + at + part.length };
  return { ...node, value: part, range, contentRange: range, shared: true };
}

/** The strings of a list, or a string that stands alone. */
export function textNodesOf(node: TreeNode | undefined): (TreeScalar & { value: string })[] {
  if (node === undefined) return [];
  return (node.kind === 'list' ? node.items : [node]).filter(isString);
}

/** A value to be written: what JSON has, without null. */
export type PlainValue = string | number | boolean | readonly PlainValue[] | { readonly [key: string]: PlainValue };

/** The value in the document's format, on one line. */
export function valueText(document: TreeDocument, value: PlainValue): string {
  const writer = writerOf(document);
  if (typeof value === 'string') return writer.string(document, value);
  if (typeof value !== 'object') return String(value);
  if (isPlainList(value)) return writer.flowList(value.map((item) => valueText(document, item)));
  return writer.flowMap(Object.entries(value).map(([key, inner]) => entryText(document, key, inner)));
}

/** A key with its value in the document's format, on one line. */
export function entryText(document: TreeDocument, key: string, value: PlainValue): string {
  const writer = writerOf(document);
  return writer.entry(writer.key(document, key), valueText(document, value));
}

/** Puts another value where `node` stands. */
export function replaceValue(document: TreeDocument, node: TreeNode, value: PlainValue, placeholder?: string): Edit[] {
  if (node.shared) return [];
  const newText =
    typeof value === 'string' && node.kind === 'scalar'
      ? writerOf(document).string(document, value, node.range)
      : valueText(document, value);
  return [{ range: node.range, newText, placeholder }];
}

/** Another number of seconds, in quotes where the present one has them. */
export function replaceNumber(document: TreeDocument, node: TreeNode, value: number): Edit[] {
  return replaceValue(document, node, isString(node) ? String(value) : value);
}

export function renameKey(document: TreeDocument, keyRange: SourceRange, name: string): Edit[] {
  return [{ range: keyRange, newText: writerOf(document).key(document, name, keyRange) }];
}

/** Edits of a string that is a member of a list, or stands alone. `wrap` puts a text in the quotes that the value's own syntax wants. */
export function stringEdits(
  document: TreeDocument,
  node: TreeScalar,
  inList: boolean,
  wrap: (text: string) => string = (text) => text,
): EntryEdits {
  return {
    replaceText: (text) => replaceValue(document, node, wrap(text)),
    ...(inList && {
      remove: () => removeItem(document, node),
      replaceByOrigins: (origins, placeholder): Edit[] => {
        const writer = writerOf(document);
        return node.shared
          ? []
          : [
              {
                range: node.range,
                newText: origins
                  .map((origin) => writer.string(document, wrap(origin), node.range))
                  .join(writer.separator(document, node)),
                placeholder: placeholder && wrap(placeholder),
              },
            ];
      },
    }),
  };
}

/** Puts these members in place of those of a list, in its layout: one a line where that has one a line. */
export function replaceList(
  document: TreeDocument,
  list: TreeList,
  members: readonly PlainValue[],
  placeholder?: string,
): Edit[] {
  if (list.shared) return [];
  return [
    {
      range: list.range,
      newText: writerOf(document).listText(
        document,
        list,
        members.map((member) => valueText(document, member)),
      ),
      placeholder,
    },
  ];
}

/** Replaces the members that let everybody in: by the others where only a placeholder could be offered, else by the origins. */
export function replaceOrigins(
  document: TreeDocument,
  list: TreeList,
  isOpen: (item: TreeNode) => boolean,
  origins: readonly string[],
  placeholder: string | undefined,
): Edit[] {
  const kept = list.items
    .filter((item) => !isOpen(item))
    .map(({ range }) => document.text.slice(range.start, range.end));
  if (placeholder !== undefined && kept.length > 0 && !list.shared)
    return [{ range: list.range, newText: writerOf(document).listText(document, list, kept) }];
  return replaceList(document, list, origins, placeholder);
}

/** Inserts the key as the first entry of a map, on a line of its own where the others have theirs. */
export function insertKey(
  document: TreeDocument,
  map: TreeMap,
  key: string,
  value: PlainValue,
  placeholder?: string,
): Edit[] {
  return map.shared ? [] : writerOf(document).insert(document, map, entryText(document, key, value), placeholder);
}

/** Adds a member at the end of a list that has members already, on a line of its own where the last one has its own. */
export function appendItem(document: TreeDocument, list: TreeList, value: PlainValue): Edit[] {
  const last = list.items.at(-1);
  if (last === undefined || list.shared) return [];
  return [
    {
      range: { start: last.range.end, end: last.range.end },
      newText: writerOf(document).separator(document, last) + valueText(document, value),
    },
  ];
}

/** Takes a member out of its list, with its comma. */
export function removeItem(document: TreeDocument, item: TreeNode): Edit[] {
  return item.shared ? [] : writerOf(document).removeItem(document, item);
}

/** Takes a key with its value out of its map, with its comma. */
export function removeEntry(document: TreeDocument, entry: TreeEntry): Edit[] {
  return entry.value.parent?.shared ? [] : writerOf(document).removeEntry(document, entry);
}

/**
 * Keys that nobody reads and that are near to, or another service's word for, one that is read; these words are in lower
 * case, without underscores and dashes. `rejected` where the service refuses such a key.
 */
export function unknownKeys(
  document: TreeDocument,
  map: TreeMap,
  known: readonly string[],
  foreign: Readonly<Record<string, string>>,
  opens: (suggestion: string) => boolean = () => false,
  rejected = false,
): Fact[] {
  return map.entries.flatMap((entry): Fact[] => {
    if (known.includes(entry.key)) return [];
    const bare = entry.key.toLowerCase().replaceAll(/[_-]/g, '');
    const suggestion = Object.hasOwn(foreign, bare) ? foreign[bare] : nearestName(entry.key, known);
    if (suggestion === undefined || entryOf(map, suggestion)) return [];
    return [
      {
        kind: 'unknown-option',
        name: entry.key,
        suggestion,
        range: entry.keyRange,
        opens: opens(suggestion),
        ...(rejected && { rejected }),
        rename: () => renameKey(document, entry.keyRange, suggestion),
      },
    ];
  });
}

function isPlainList(value: PlainValue): value is readonly PlainValue[] {
  return Array.isArray(value);
}
