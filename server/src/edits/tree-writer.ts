/** What a format's writer offers: how the edits of a tree look in its text. */
import type { Edit, SourceRange } from '../syntax/range.ts';
import type { TreeDocument, TreeEntry, TreeList, TreeMap, TreeNode } from '../syntax/trees/tree.ts';

/** Members, entries and values are handed over as text that the same writer has made. */
export interface TreeWriter {
  /** A string, in the quotes that stand at `like`. */
  string(document: TreeDocument, value: string, like?: SourceRange): string;
  /** A key, in the quotes that stand at `like`. */
  key(document: TreeDocument, name: string, like?: SourceRange): string;
  entry(key: string, value: string): string;
  /** A list on one line. */
  flowList(members: readonly string[]): string;
  /** A map on one line. */
  flowMap(entries: readonly string[]): string;
  /** Members in the layout of the list that they replace. */
  listText(document: TreeDocument, list: TreeList, members: readonly string[]): string;
  /** What stands between two members, where `item` is one. */
  separator(document: TreeDocument, item: TreeNode): string;
  /** The entry as the first of the map; no edits where the map has no place for it. */
  insert(document: TreeDocument, map: TreeMap, entry: string, placeholder?: string): Edit[];
  removeItem(document: TreeDocument, item: TreeNode): Edit[];
  removeEntry(document: TreeDocument, entry: TreeEntry): Edit[];
}
