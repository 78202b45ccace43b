/**
 * Settings of one file with values of another: a module with what its caller gives it, a template with a file of parameters.
 *
 * The value that decides carries the finding. What a file says for itself, a default or a local, is told where it is used;
 * what is given from outside is told where it is given, by whoever reads the file of the values.
 */
import type { Policy, Setting } from '../../policy/policy.ts';
import type { SourceRange } from '../../syntax/range.ts';
import type { TreeEntry, TreeMap, TreeNode } from '../../syntax/trees/tree.ts';
import { isString, textOf } from '../../edits/tree-edits.ts';

/** What is given for a name: the entry of the linted file, or the last key of the way into its value. */
export type GivenFor = (name: string) => TreeEntry | undefined;

/** How a file names what it is given. */
export interface References {
  /** The name, where the whole node is one reference. */
  readonly whole: (node: TreeNode) => string | undefined;
  /** The text of a node, where it may have references inside of it. */
  readonly text?: (node: TreeNode) => string | undefined;
  /** These references, with the name as the first group. */
  readonly inside?: RegExp;
}

/**
 * The tree of the file at `path`, with the given values in place of their names. What it says itself keeps its place there,
 * where no edit of the linted file reaches. Names that are not given stay.
 */
export function withGiven(root: TreeNode, path: string, references: References, given: GivenFor): TreeNode {
  const copy = (node: TreeNode, parent: TreeNode | undefined): TreeNode => {
    const base = { range: there(node.range, path), parent, shared: true as const };
    if (node.kind === 'scalar') return { ...node, ...base, contentRange: there(node.contentRange, path) };
    if (node.kind === 'list') {
      const items: TreeNode[] = [];
      const list: TreeNode = { ...node, ...base, items };
      for (const item of node.items) items.push(...membersOf(valueOf(item, list)));
      return list;
    }
    const entries: TreeEntry[] = [];
    const map: TreeNode = { ...node, ...base, entries };
    for (const entry of node.entries) entries.push(entryWith(entry, map));
    return map;
  };
  const valueOf = (node: TreeNode, parent: TreeNode): TreeNode =>
    givenValue(node, references, given)?.value ?? copy(node, parent);
  const entryWith = (entry: TreeEntry, parent: TreeMap): TreeEntry => {
    const found = givenValue(entry.value, references, given);
    return found
      ? { key: entry.key, keyRange: found.keyRange, range: found.range, value: found.value }
      : {
          key: entry.key,
          keyRange: there(entry.keyRange, path),
          range: there(entry.range, path),
          value: copy(entry.value, parent),
        };
  };
  return copy(root, undefined);
}

/** A list that stands for a member is several members. */
function membersOf(node: TreeNode): readonly TreeNode[] {
  return node.kind === 'list' && node.range.path === undefined ? node.items : [node];
}

/** The value for a node that is a name, or a text with names in it. The key that it is given under is not taken away. */
function givenValue(
  node: TreeNode,
  { whole, text: textIn = textOf, inside }: References,
  given: GivenFor,
): TreeEntry | undefined {
  const name = whole(node);
  const entry = name === undefined ? undefined : given(name);
  if (entry) return { ...entry, value: { ...entry.value, parent: withoutEdits } };
  const written = textIn(node);
  if (name !== undefined || written === undefined || inside === undefined) return undefined;
  let last: TreeEntry | undefined;
  const value = written.replaceAll(inside, (reference, inner: string) => {
    const found = given(inner);
    const text = found?.value.kind === 'scalar' ? found.value.value : undefined;
    if (text === undefined || text === null) return reference;
    last = found;
    return String(text);
  });
  if (last === undefined) return undefined;
  const { range } = last.value;
  return { ...last, value: { kind: 'scalar', value, range, contentRange: range, parent: node.parent, shared: true } };
}

const withoutEdits: TreeMap = { kind: 'map', range: { start: 0, end: 0 }, shared: true, entries: [] };

function there(range: SourceRange, path: string): SourceRange {
  return range.path === undefined ? { ...range, path } : range;
}

/** The given texts of one text with commas, each where it stands. */
export function separated(node: TreeNode): TreeNode {
  if (!isString(node)) return node;
  const { start, end } = node.contentRange;
  const exact = end - start === node.value.length;
  const items: TreeNode[] = [];
  const list: TreeNode = { kind: 'list', range: node.range, parent: node.parent, shared: true, items };
  for (const match of node.value.matchAll(/[^,]+/g)) {
    const value = match[0].trim();
    const at = start + match.index + match[0].indexOf(value);
    const range = exact ? { ...node.range, start: at, end: at + value.length } : node.range;
    if (value !== '') items.push({ kind: 'scalar', value, range, contentRange: range, parent: list, shared: true });
  }
  return list;
}

/** The policies that hold a value of the linted file, as policies of `framework`: what stands in the other file is told there. */
export function policiesHere(policies: readonly Policy[], framework: string): Policy[] {
  return policies.flatMap((policy): Policy[] => {
    const range = placeHere(policy);
    return range ? [{ ...policy, framework, range, onlyHere: true }] : [];
  });
}

/** The key of what is given, of the origins first. */
function placeHere({ settings }: Policy): SourceRange | undefined {
  const { origins, ...others } = settings;
  const entry = origins.value.find(({ range }) => range.path === undefined);
  const written = (setting: Setting<unknown>): SourceRange[] =>
    setting.range.path === undefined && setting.written ? [setting.keyRange ?? setting.range] : [];
  return (
    (entry && origins.keyRange?.path === undefined ? origins.keyRange : entry?.range) ??
    [origins, ...Object.values(others)].flatMap((setting: Setting<unknown> | undefined) =>
      setting ? written(setting) : [],
    )[0]
  );
}
