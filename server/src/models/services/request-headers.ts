/** Headers of a response that a service puts on the request to what stands behind it: no browser ever sees them. */
import type { Edit } from '../../syntax/range.ts';
import type { TreeDocument, TreeEntry, TreeNode } from '../../syntax/trees/tree.ts';
import type { Fact } from '../../policy/policy.ts';
import { entriesOf, entryOf, mapsOf, removeEntry, textNodesOf, textOf } from '../../edits/tree-edits.ts';
import { isCorsResponseHeader } from '../cors-header-names.ts';

/** Where a service takes headers for the request, and where it takes those for the answer. */
export interface RequestHeaderPlace {
  /** What changes the request, as the file calls it: `custom_header`. */
  readonly statement: string;
  /** Where the header belongs, after "Put it into": `<outbound>`. */
  readonly instead: string;
}

/** The fact for one header, where its name is one of an answer. */
export function onRequest(
  name: string | undefined,
  node: TreeNode | TreeEntry['keyRange'],
  place: RequestHeaderPlace,
  remove?: () => readonly Edit[],
): Fact[] {
  if (name === undefined || !isCorsResponseHeader(name.trim())) return [];
  return [
    {
      kind: 'response-header-in-request',
      header: name.trim(),
      range: 'kind' in node ? node.range : node,
      why: `${place.statement} changes the request to the server behind, and no browser sees it.`,
      instead: `Put it into ${place.instead}.`,
      ...(remove && { remove }),
    },
  ];
}

/** Blocks or maps of this key, at any depth, that name a header under `nameKey`. */
export function onRequestBelow(
  node: TreeNode | undefined,
  key: string,
  nameKey: string,
  place: Omit<RequestHeaderPlace, 'statement'>,
): Fact[] {
  return entriesBelow(node, key).flatMap(({ value }) =>
    [...(value.kind === 'map' ? [value] : []), ...mapsOf(value)].flatMap((map) => {
      const name = entryOf(map, nameKey)?.value;
      return name ? onRequest(textOf(name), name, { ...place, statement: key }) : [];
    }),
  );
}

/** Texts like `Access-Control-Allow-Origin: *` in lists of this key, at any depth. */
export function onRequestLines(
  node: TreeNode | undefined,
  key: string,
  place: Omit<RequestHeaderPlace, 'statement'>,
): Fact[] {
  return entriesBelow(node, key).flatMap(({ value }) =>
    textNodesOf(value).flatMap((line) => onRequest(line.value.split(':')[0], line, { ...place, statement: key })),
  );
}

/** Keys that end with the name of a header behind `prefix`: `integration.request.header.Accept`. */
export function onRequestMapping(
  document: TreeDocument,
  map: TreeNode | undefined,
  prefix: RegExp,
  place: RequestHeaderPlace,
): Fact[] {
  return entriesOf(map).flatMap((entry) =>
    prefix.test(entry.key)
      ? onRequest(entry.key.replace(prefix, ''), entry.keyRange, place, () => removeEntry(document, entry))
      : [],
  );
}

/** The entries of this key at any depth, in the order of the text. */
export function entriesBelow(node: TreeNode | undefined, key: string): TreeEntry[] {
  if (node?.kind === 'list') return node.items.flatMap((item) => entriesBelow(item, key));
  return entriesOf(node).flatMap((entry) => [...(entry.key === key ? [entry] : []), ...entriesBelow(entry.value, key)]);
}
