/** The Tree shape: maps, lists and scalars with ranges (JSON with comments today; YAML, TOML, XML, HCL later). */
import type { SourceRange } from './range.ts';
import type { Comment } from './program.ts';

export interface TreeDocument {
  readonly shape: 'tree';
  readonly format: 'json';
  readonly path: string;
  readonly text: string;
  /** Undefined for an empty file. Half-typed text gives the nodes that are there. */
  readonly root: TreeNode | undefined;
  readonly comments: readonly Comment[];
}

export type TreeNode = TreeMap | TreeList | TreeScalar;

interface TreeNodeBase {
  readonly range: SourceRange;
  readonly parent?: TreeNode;
}
export interface TreeMap extends TreeNodeBase { readonly kind: 'map'; readonly entries: readonly TreeEntry[] }
export interface TreeEntry { readonly key: string; readonly keyRange: SourceRange; readonly value: TreeNode; /** Key to end of value. */ readonly range: SourceRange }
export interface TreeList extends TreeNodeBase { readonly kind: 'list'; readonly items: readonly TreeNode[] }
export interface TreeScalar extends TreeNodeBase {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** Range of the text inside the quotes; same as `range` when there are none. */
  readonly contentRange: SourceRange;
}
