/** Headers of the answer among those that a gateway adds to the request, in the forms that gateways write headers in. */
import type { TreeNode } from '../../syntax/trees/tree.ts';
import type { Fact } from '../../policy/policy.ts';
import { entriesOf, mapsOf, textNodesOf, textOf, valueAt } from '../../edits/tree-edits.ts';
import type { RequestHeader } from '../servers/request-headers.ts';
import { headersOnTheWayIn } from '../servers/request-headers.ts';

/** The setting that writes on requests, and the one that writes on answers. */
export type Ways = Pick<RequestHeader, 'by' | 'instead'>;

/**
 * The facts of some settings of one place. Each holds a map of names and values, a list of maps with `name` or `key` (or a
 * `header` that holds them), or a list of texts `name: value`.
 */
export function requestHeaderFacts(nodes: readonly (TreeNode | undefined)[], ways: Ways, group: unknown): Fact[] {
  return headersOnTheWayIn(
    nodes.flatMap((node) => namesIn(node).map((name): RequestHeader => ({ ...name, ...ways, group }))),
  );
}

function namesIn(node: TreeNode | undefined): Pick<RequestHeader, 'name' | 'range'>[] {
  if (node?.kind === 'map')
    return entriesOf(node)
      .filter(({ value }) => textOf(value) !== '')
      .map(({ key, keyRange }) => ({ name: key.trim(), range: keyRange }));
  const members = mapsOf(node).flatMap((member) => {
    const header = valueAt(member, 'header') ?? member;
    const key = valueAt(header, 'name') ?? valueAt(header, 'key');
    const name = textOf(key);
    return key === undefined || name === undefined ? [] : [{ name: name.trim(), range: key.range }];
  });
  const texts = textNodesOf(node).flatMap(({ value, range }) => {
    const name = /^\s*([\w-]+)\s*:/.exec(value)?.[1];
    return name === undefined ? [] : [{ name, range }];
  });
  return [...members, ...texts];
}
