/** A response-transformer of Kong that appends the header beside the cors plugin, which has set it by then. */
import type { TreeDocument, TreeMap } from '../../syntax/trees/tree.ts';
import type { Fact } from '../../policy/policy.ts';
import { mapsWhere } from '../../models/gateways/kubernetes-objects.ts';
import { mapsOf, removeItem, textNodesOf, textOf, valueAt } from '../../edits/tree-edits.ts';

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
  return name.test(textOf(valueAt(map, 'name')) ?? '') && !(enabled?.kind === 'scalar' && enabled.value === false);
}

/** The service, route or consumer that it names; nothing for every one, or the one in which it stands. */
function ownerOf(plugin: TreeMap): string {
  return ['service', 'route', 'consumer'].map((key) => textOf(valueAt(plugin, key)) ?? '').join('');
}
