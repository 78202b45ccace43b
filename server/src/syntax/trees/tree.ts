/**
 * The Tree shape: maps, lists and scalars with ranges, of JSON, YAML, TOML, HOCON, HCL, Bicep, XML, and of files of lines such as
 * `.properties` and `.env`.
 */
import type { SourceRange } from '../range.ts';
import type { Comment } from '../programs/program.ts';

export type TreeFormat =
  | 'json'
  | 'yaml'
  | 'hcl'
  | 'toml'
  | 'hocon'
  | 'properties'
  | 'env'
  | 'dockerfile'
  | 'shell'
  | 'ini'
  | 'headers-file'
  | 'xml'
  | 'bicep';

/** Files of values for another file, in the syntax of a format of its own. */
export type ValuesFormat = 'tfvars' | 'tfvars-json' | 'bicepparam';

export interface TreeDocument {
  readonly shape: 'tree';
  /** `program`: settings that a program builds, read as if they stood in a file. */
  readonly format: TreeFormat | 'program';
  readonly path: string;
  readonly text: string;
  /** Undefined for an empty file. Half-typed text gives the nodes that are there. The first of `roots` in a stream. */
  readonly root: TreeNode | undefined;
  /** Every document of a stream (YAML's `---`) that has content, in source order; `[root]` in the other formats. */
  readonly roots: readonly TreeNode[];
  readonly comments: readonly Comment[];
  /** Why the text, or most of it, says nothing: in words, for people. */
  readonly unread?: string;
}

export type TreeNode = TreeMap | TreeList | TreeScalar;

interface TreeNodeBase {
  readonly range: SourceRange;
  readonly parent?: TreeNode;
  /** True for what another place in the file refers to (YAML's aliases and merge keys): an edit there changes both. */
  readonly shared?: true;
}
export interface TreeMap extends TreeNodeBase {
  readonly kind: 'map';
  readonly entries: readonly TreeEntry[];
  /** True where a template writes more keys into it, or one of several values: a missing key says nothing. */
  readonly open?: true;
}
export interface TreeEntry {
  readonly key: string;
  readonly keyRange: SourceRange;
  readonly value: TreeNode;
  /** Key to end of value. */ readonly range: SourceRange;
}
export interface TreeList extends TreeNodeBase {
  readonly kind: 'list';
  readonly items: readonly TreeNode[];
}
export interface TreeScalar extends TreeNodeBase {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** Range of the text inside the quotes; same as `range` when there are none. */
  readonly contentRange: SourceRange;
}
