/** Headers that code in Lua sets on answers, where a gateway takes the code as a text of its settings. */
import type { TreeDocument, TreeNode, TreeScalar } from '../../syntax/trees/tree.ts';
import type { Policy } from '../../policy/policy.ts';
import { always, unknown } from '../../policy/request-test.ts';
import { isString } from '../../edits/tree-edits.ts';
import type { LuaDialect, LuaHeader } from '../servers/lua-code.ts';
import { callersOrigin, headersInLua, unknownInLua } from '../servers/lua-code.ts';
import type { StaticHeader } from '../static/static-headers.ts';
import type { ProxiedHeaders } from '../static/proxied-headers.ts';
import { policyOfHeaders } from '../static/proxied-headers.ts';

/** The policies of all texts that the test holds for. Nothing is edited: a program has more ways than one. */
export function luaPolicies(
  document: TreeDocument,
  isCode: (text: string) => boolean,
  dialect: LuaDialect,
  gateway: Pick<ProxiedHeaders, 'framework' | 'title' | 'scope'>,
): Policy[] {
  return document.roots.flatMap(textsIn).flatMap((node): Policy[] => {
    if (!isCode(node.value)) return [];
    // As it stands in the file: a block of YAML has its indentation there, and no escapes.
    const source = document.text.slice(node.contentRange.start, node.contentRange.end);
    const own = headersInLua(source, node.contentRange, dialect).map(headerOf);
    const policy = policyOfHeaders(own, () => [], { ...gateway, document: { ...document, format: 'headers-file' } });
    return policy ? [{ ...policy, edits: {} }] : [];
  });
}

function textsIn(node: TreeNode): (TreeScalar & { readonly value: string })[] {
  if (node.kind === 'list') return node.items.flatMap(textsIn);
  if (node.kind === 'map') return node.entries.flatMap(({ value }) => textsIn(value));
  return isString(node) && !node.shared ? [node] : [];
}

function headerOf({ text = '', name, nameRange, contentRange: range }: LuaHeader): StaticHeader {
  const isKnown = text !== unknownInLua;
  return {
    name,
    nameRange,
    value: { kind: 'scalar', value: isKnown ? text : '', range, contentRange: range, shared: true },
    when: isKnown ? always : unknown(),
    ...(!isKnown && { sent: { kind: 'unknown' } }),
    ...(text === callersOrigin && { sent: { kind: 'request-origin' } }),
    rename: () => [],
    remove: () => [],
  };
}
