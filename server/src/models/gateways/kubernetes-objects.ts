/** Objects of Kubernetes wherever they stand: in streams, in lists of objects, in charts, in other tools' files. */
import type { TreeDocument, TreeEntry, TreeMap, TreeNode } from '../../syntax/trees/tree.ts';
import { entryOf, textOf, valueAt } from '../../edits/tree-edits.ts';

export interface KubernetesObject {
  /** Group and version: `networking.istio.io/v1`. */
  readonly apiVersion: string;
  readonly kind: string;
  /** `metadata.name`, as far as it is written. */
  readonly name: string | undefined;
  readonly map: TreeMap;
  readonly spec: TreeNode | undefined;
}

/** Every map of the document that says what it is, in source order; `group`: of this API only. */
export function kubernetesObjects(
  document: TreeDocument,
  kinds: readonly string[],
  group?: string,
): KubernetesObject[] {
  return mapsWhere(document, (map) => kinds.includes(textOf(valueAt(map, 'kind')) ?? '')).flatMap(
    (map): KubernetesObject[] => {
      const apiVersion = textOf(valueAt(map, 'apiVersion'));
      const kind = textOf(valueAt(map, 'kind'));
      if (apiVersion === undefined || kind === undefined) return [];
      const name = textOf(valueAt(map, 'metadata', 'name'));
      const object = { apiVersion, kind, name, map, spec: valueAt(map, 'spec') };
      return group === undefined || groupOf(object) === group ? [object] : [];
    },
  );
}

/** The group of an object's API: `traefik.io`. */
export function groupOf({ apiVersion }: KubernetesObject): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

/** For people: `VirtualService shop`. */
export function objectScope({ kind, name }: Pick<KubernetesObject, 'kind' | 'name'>): string {
  return name === undefined || name.includes('{{') ? kind : `${kind} ${name}`;
}

/** Every map for which the test holds, outer ones first. A map that a template shares is met where it is written. */
export function mapsWhere(document: TreeDocument, test: (map: TreeMap) => boolean): TreeMap[] {
  const found: TreeMap[] = [];
  const visit = (node: TreeNode): void => {
    if (node.shared) return;
    if (node.kind === 'map') {
      if (test(node)) found.push(node);
      for (const { value } of node.entries) visit(value);
    } else if (node.kind === 'list') node.items.forEach(visit);
  };
  document.roots.forEach(visit);
  return found;
}

/** Name of the object that these annotations belong to; the chart's section where they are values of one. */
export function ownerOf(annotations: TreeMap): string | undefined {
  const metadata = annotations.parent?.kind === 'map' ? annotations.parent : undefined;
  const name = textOf(entryOf(metadata, 'name')?.value);
  const owner = metadata?.parent?.kind === 'map' ? metadata.parent : undefined;
  const kind = textOf(entryOf(owner, 'kind')?.value);
  return kind === undefined ? undefined : objectScope({ kind, name });
}

/**
 * Whether more annotations may stand elsewhere: a template adds some, or the object is a patch of another one, which has no
 * specification of its own.
 */
export function mayHaveMore(annotations: TreeMap): boolean {
  const metadata = annotations.parent?.kind === 'map' ? annotations.parent : undefined;
  const owner = metadata?.parent?.kind === 'map' && entryOf(metadata.parent, 'kind') ? metadata.parent : undefined;
  return (
    annotations.open === true ||
    (owner !== undefined && entryOf(owner, 'metadata')?.value === metadata && entryOf(owner, 'spec') === undefined)
  );
}

/** The maps that hold a key with one of these prefixes before this name, with the prefix that is used. */
export function annotationMaps(
  document: TreeDocument,
  prefixes: readonly string[],
  name: string,
): { readonly map: TreeMap; readonly prefix: string; readonly entry: TreeEntry }[] {
  return mapsWhere(document, (map) => prefixes.some((prefix) => entryOf(map, prefix + name) !== undefined)).flatMap(
    (map) =>
      prefixes.flatMap((prefix) => {
        const entry = entryOf(map, prefix + name);
        return entry ? [{ map, prefix, entry }] : [];
      }),
  );
}
