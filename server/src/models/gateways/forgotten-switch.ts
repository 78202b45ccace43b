/** Annotations that say who gets in, while the one that switches CORS on is missing: the controller reads none of them then. */
import type { TreeDocument, TreeMap, TreeNode } from '../../syntax/trees/tree.ts';
import type { Fact } from '../../policy/policy.ts';
import { entryOf, insertKey } from '../../edits/tree-edits.ts';
import { switchedOff } from '../services/locked-out.ts';
import { mapsWhere, mayHaveMore } from './kubernetes-objects.ts';

export interface CorsSwitch {
  readonly product: string;
  /** Of the annotations, in each spelling. */
  readonly prefixes: readonly string[];
  /** The name that switches CORS on. */
  readonly name: string;
  /** Names that say who gets in. */
  readonly origins: readonly string[];
}

/** One fact for each map of annotations of an object, or of a chart's own values; what is laid over them sets the rest aside. */
export function forgottenSwitches(document: TreeDocument, { product, prefixes, name, origins }: CorsSwitch): Fact[] {
  const maps = mapsWhere(document, (map) => map.entries.some(({ key }) => prefixes.some((one) => key.startsWith(one))));
  return maps.flatMap((map) => {
    if (mayHaveMore(map) || isLaidOver(document, map) || prefixes.some((prefix) => entryOf(map, prefix + name)))
      return [];
    const prefix = prefixes.find((one) => origins.some((origin) => entryOf(map, one + origin)));
    const entry = origins.flatMap((origin) => (prefix === undefined ? [] : (entryOf(map, prefix + origin) ?? [])))[0];
    if (prefix === undefined || entry === undefined) return [];
    const setting = prefix + name;
    return [switchedOff(entry, product, `${setting} is "true"`, () => insertKey(document, map, setting, 'true'))];
  });
}

/** Values for one place of a chart, `values-prod.yaml`, hold only what differs there. */
function isLaidOver({ path, format }: TreeDocument, map: TreeMap): boolean {
  if (format !== 'yaml' || /(^|[\\/])values\.ya?ml$/i.test(path)) return false;
  for (let node: TreeNode | undefined = map; node; node = node.parent) if (entryOf(node, 'kind')) return false;
  return true;
}
