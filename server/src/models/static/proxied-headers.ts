/** Response headers that a proxy sets as they are written, whatever origin asks, in front of an application. */
import type { Edit } from '../../syntax/range.ts';
import type { TreeDocument, TreeNode } from '../../syntax/trees/tree.ts';
import type { HeaderValue, Policy } from '../../policy/policy.ts';
import { always } from '../../policy/request-test.ts';
import type { StaticHeader } from './static-headers.ts';
import { addPairOf, headersOfList, headersOfMap, purposeOf, staticHeadersPolicy } from './static-headers.ts';
import { entryOf, insertKey, mapsOf, removeItem, replaceValue, textOf } from '../../edits/tree-edits.ts';

export interface ProxiedHeaders {
  readonly framework: string;
  readonly title: string;
  readonly document: TreeDocument;
  readonly scope: string;
  /** What goes out for a text, where that is not the text itself. */
  readonly sent?: (text: string) => HeaderValue | undefined;
  /** `false` in place of a text takes the header away. */
  readonly falseRemoves?: boolean;
}

/** Headers in a map of names and values, or in a list of maps that hold `name` and `value`; undefined without a CORS header. */
export function proxiedHeadersPolicy(node: TreeNode | undefined, input: ProxiedHeaders): Policy | undefined {
  const { document, sent } = input;
  const written = node?.kind === 'map' ? headersOfMap(document, node) : headersOfList(document, node, 'name');
  const own = written.map((header): StaticHeader => {
    const isFalse = header.value.kind === 'scalar' && header.value.value === false;
    if (input.falseRemoves && isFalse) return { ...header, sent: { kind: 'text', text: '' } };
    const value = sent?.(textOf(header.value) ?? '');
    return value ? { ...header, sent: value } : header;
  });
  const add = (name: string, value: string) =>
    node?.kind === 'map' ? insertKey(document, node, name, value) : addPairOf(document, node, { name, value });
  return policyOfHeaders(own, add, input);
}

/** The same for each of several places. */
export function proxiedHeadersPolicies(nodes: readonly (TreeNode | undefined)[], input: ProxiedHeaders): Policy[] {
  return nodes.flatMap((node) => proxiedHeadersPolicy(node, input) ?? []);
}

/** The same for headers that stand in another form. */
export function policyOfHeaders(
  own: readonly StaticHeader[],
  add: (name: string, value: string) => readonly Edit[],
  { framework, title, document, scope }: ProxiedHeaders,
): Policy | undefined {
  return staticHeadersPolicy({
    framework,
    title,
    document,
    own,
    applied: own,
    scope,
    purpose: purposeOf(scope),
    preflightStatus: null,
    add,
  });
}

/** Envoy's list, in which each header is a map of its own: `{ header: { key, value } }`. */
export function nestedHeadersPolicy(list: TreeNode | undefined, input: ProxiedHeaders): Policy | undefined {
  const { document } = input;
  const own = mapsOf(list).flatMap((member): StaticHeader[] => {
    const header = entryOf(member, 'header')?.value;
    const [key, value] = [entryOf(header, 'key')?.value, entryOf(header, 'value')?.value];
    const name = textOf(key);
    // Envoy's own variables stand between percent signs.
    if (key === undefined || name === undefined || value === undefined) return [];
    return [
      {
        name: name.trim(),
        nameRange: key.range,
        value,
        when: always,
        rename: (other) => replaceValue(document, key, other),
        remove: () => removeItem(document, member),
      },
    ];
  });
  return policyOfHeaders(own, (key, value) => addPairOf(document, list, { header: { key, value } }), input);
}
