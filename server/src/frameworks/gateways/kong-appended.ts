/** The response-transformer of Kong: headers that it sends by itself, and those that it appends to what the cors plugin has set. */
import type { TreeDocument, TreeMap, TreeScalar } from '../../syntax/trees/tree.ts';
import type { Fact, Policy } from '../../policy/policy.ts';
import { always } from '../../policy/request-test.ts';
import type { StaticHeader } from '../../models/static/static-headers.ts';
import { mapsWhere } from '../../models/gateways/kubernetes-objects.ts';
import { appendItem, mapsOf, removeItem, textNodesOf, textOf, valueAt } from '../../edits/tree-edits.ts';
import { policyOfHeaders } from '../../models/static/proxied-headers.ts';

/** Both in one list of plugins, or the cors plugin for every service. `add` leaves a header alone that is there. */
export function appendedHeaders(document: TreeDocument): Fact[] {
  return mapsWhere(document, isTransformer).flatMap((plugin): Fact[] => {
    const cors = corsBeside(document, plugin);
    const appended = textNodesOf(valueAt(plugin, 'config', 'append', 'headers')).find(({ value }) =>
      /^access-control-allow-origin\s*:/i.test(value),
    );
    if (cors === undefined || appended === undefined) return [];
    return [
      {
        kind: 'duplicate-header',
        header: 'Access-Control-Allow-Origin',
        range: appended.range,
        other: valueAt(cors, 'name')!.range,
        why: 'the transformer appends to what the cors plugin has set',
        ...(appended.parent?.kind === 'list' && { fix: () => removeItem(document, appended) }),
      },
    ];
  });
}

/** What `add` and `append` send where no cors plugin stands beside; `scope` says for whom the plugin is. */
export function transformedHeaders(document: TreeDocument, scope: (plugin: TreeMap) => string): Policy[] {
  return mapsWhere(document, isTransformer).flatMap((plugin): Policy[] => {
    if (corsBeside(document, plugin) !== undefined) return [];
    const lists = ['add', 'append'].map((how) => valueAt(plugin, 'config', how, 'headers'));
    const own = lists.flatMap((list) => textNodesOf(list).flatMap((node) => headerIn(node, document)));
    const list = lists.find((one) => one?.kind === 'list');
    const add = (name: string, value: string) => (list ? appendItem(document, list, `${name}:${value}`) : []);
    const policy = policyOfHeaders(own, add, { framework: 'kong', title: 'Kong', document, scope: scope(plugin) });
    return policy ? [policy] : [];
  });
}

/** `Access-Control-Allow-Origin: *`, a text of which the value is a part. */
function headerIn(node: TreeScalar, document: TreeDocument): StaticHeader[] {
  const { start, end } = node.contentRange;
  const [whole, space, name, value] = /^(\s*)([\w-]+)\s*:\s*(.*)$/s.exec(String(node.value)) ?? [];
  // Where escapes shift the letters, no part of the text has a place of its own.
  if (whole === undefined || end - start !== whole.length) return [];
  const nameRange = { start: start + space!.length, end: start + space!.length + name!.length };
  const range = { start: end - value!.length, end };
  return [
    {
      name: name!,
      nameRange,
      value: { ...node, value: value!, range, contentRange: range },
      when: always,
      rename: (other) => [{ range: nameRange, newText: other }],
      remove: () => removeItem(document, node),
      write: (text, placeholder) => [{ range, newText: text, placeholder }],
    },
  ];
}

function isTransformer(map: TreeMap): boolean {
  return isPlugin(map, /^response-transformer(-advanced)?$/);
}

function corsBeside(document: TreeDocument, plugin: TreeMap): TreeMap | undefined {
  const everywhere = document.roots.flatMap((root) => mapsOf(valueAt(root, 'plugins')));
  const own = plugin.parent?.kind === 'list' ? plugin.parent.items : [];
  return [...own, ...everywhere].find(
    (other): other is TreeMap =>
      other.kind === 'map' &&
      isPlugin(other, /^cors$/) &&
      (own.includes(other) ? ownerOf(other) === ownerOf(plugin) : ownerOf(other) === ''),
  );
}

function isPlugin(map: TreeMap, name: RegExp): boolean {
  const { value: enabled } = map.entries.find(({ key }) => key === 'enabled') ?? {};
  const named = textOf(valueAt(map, 'name')) ?? textOf(valueAt(map, 'plugin')) ?? '';
  return name.test(named) && !(enabled?.kind === 'scalar' && enabled.value === false);
}

/** The service, route or consumer that it names; nothing for every one, or the one in which it stands. */
function ownerOf(plugin: TreeMap): string {
  return ['service', 'route', 'consumer'].map((key) => textOf(valueAt(plugin, key)) ?? '').join('');
}
