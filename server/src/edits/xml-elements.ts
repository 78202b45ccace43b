/** Reading XML as configuration files use it: elements by name, attributes, and the text between two tags. */
import type { TreeEntry, TreeList, TreeMap, TreeNode, TreeScalar } from '../syntax/trees/tree.ts';
import { entriesOf, entryOf, textOf } from './tree-edits.ts';

/** The children of this name, in order. A prefix of a namespace does not count. */
export function elementsOf(node: TreeNode | undefined, name: string): TreeMap[] {
  return childrenOf(node).flatMap(({ key, value }) => (localName(key) === name ? [value] : []));
}

/** The first element at the end of a path of names. */
export function elementAt(node: TreeNode | undefined, ...path: readonly string[]): TreeMap | undefined {
  return path.reduce<TreeNode | undefined>((element, name) => elementsOf(element, name)[0], node) as
    TreeMap | undefined;
}

/** Every element of this name below, however deep, in source order. */
export function elementsBelow(node: TreeNode | undefined, name: string): TreeMap[] {
  const found: TreeMap[] = [];
  // Half-typed text may be nested deeper than calls can be.
  const open = childrenOf(node).reverse();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (localName(next.key) === name) found.push(next.value);
    open.push(...childrenOf(next.value).reverse());
  }
  return found;
}

/** Child elements with their names. */
export function childrenOf(node: TreeNode | undefined): (TreeEntry & { readonly value: TreeMap })[] {
  return entriesOf(node).filter(
    (entry): entry is TreeEntry & { readonly value: TreeMap } => entry.value.kind === 'map',
  );
}

export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** The text of an attribute. */
export function attribute(element: TreeNode | undefined, name: string): string | undefined {
  return textOf(entryOf(element, `@${name}`)?.value);
}

/** The text between the tags of an element, where there is any. */
export function textNode(element: TreeNode | undefined): (TreeScalar & { readonly value: string }) | undefined {
  const node = entryOf(element, '#text')?.value;
  return node?.kind === 'scalar' && typeof node.value === 'string'
    ? (node as TreeScalar & { readonly value: string })
    : undefined;
}

/** The entry of which this element is the value. */
export function entryFor(element: TreeMap): TreeEntry | undefined {
  return entriesOf(element.parent).find(({ value }) => value === element);
}

/**
 * Elements of one name as a list: their members are the scalars that stand in them, an attribute or the text, by which
 * edits know what to repeat. `container` gives the key.
 */
export function listEntry(container: TreeEntry, members: readonly TreeNode[]): TreeEntry {
  const [first, last] = [members[0]?.parent?.range, members.at(-1)?.parent?.range];
  const range = first && last ? { start: first.start, end: last.end } : container.value.range;
  const list: TreeList = { kind: 'list', range, parent: container.value, items: members };
  return { key: container.key, keyRange: container.keyRange, value: list, range: container.range };
}
