/** Resource templates of Azure, in JSON and in Bicep: every map once, with variables resolved and defaults of parameters known. */
import type { TreeDocument, TreeMap, TreeNode } from '../../../syntax/trees/tree.ts';
import type { ServicePolicyInput } from '../../../models/services/cors-service.ts';
import { entriesOf, entryOf, isPlaceholder, isString, textOf, valueAt } from '../../../edits/tree-edits.ts';

export interface ResourceTemplate {
  readonly maps: readonly TreeMap[];
  /** The value at the end of a path of keys, of which each may be a variable. */
  at(node: TreeNode | undefined, ...path: readonly string[]): TreeNode | undefined;
  /** A map with variables resolved in its values and in the members of its lists. */
  settings(map: TreeMap): TreeMap;
  readonly reference: NonNullable<ServicePolicyInput['reference']>;
}

export function readTemplate({ root }: Pick<TreeDocument, 'root'>): ResourceTemplate {
  const name = (node: TreeNode | undefined, kind: 'variables' | 'parameters'): string | undefined => {
    const text = textOf(node) ?? '';
    return /^\$\{(\w+)\}$/.exec(text)?.[1] ?? new RegExp(`^\\[\\s*${kind}\\('([^']+)'\\)\\s*\\]$`).exec(text)?.[1];
  };
  const fallbackOf = (node: TreeNode): { readonly name: string; readonly value: TreeNode } | undefined => {
    const parameter = name(node, 'parameters');
    const value =
      parameter === undefined ? undefined : valueAt(declared(node, 'parameters', parameter), 'defaultValue');
    return parameter === undefined || value === undefined ? undefined : { name: parameter, value };
  };
  const resolve = (node: TreeNode): TreeNode | undefined => {
    const variable = name(node, 'variables');
    const found = variable === undefined ? undefined : declared(node, 'variables', variable);
    // Rules that a parameter falls back to are the ones that count where nothing else is given.
    const fallback = found ? undefined : fallbackOf(node)?.value;
    return (
      found ??
      (fallback?.kind === 'map' || (fallback?.kind === 'list' && fallback.items.some(({ kind }) => kind === 'map'))
        ? fallback
        : undefined)
    );
  };
  return templateOver(root ? mapsBelow(root) : [], resolve, (node) => {
    const found = fallbackOf(node);
    const nodes = (found?.value.kind === 'list' ? found.value.items : found ? [found.value] : []).filter(isString);
    const texts = nodes.map(({ value }) => value);
    return found && texts.length > 0 && !texts.some(isPlaceholder)
      ? { name: found.name, fallback: texts.join(','), texts: nodes }
      : undefined;
  });
}

/** A template whose names another language resolves. */
export function templateOver(
  maps: readonly TreeMap[],
  resolve: (node: TreeNode) => TreeNode | undefined,
  reference: ResourceTemplate['reference'],
): ResourceTemplate {
  /** A chain of variables; the node itself where it does not end. */
  const resolved = (node: TreeNode): TreeNode => {
    let found = node;
    for (let step = 0; step < 8; step++) {
      const next = resolve(found);
      if (next === undefined) return found;
      found = next;
    }
    return node;
  };
  /** What stands elsewhere is no member of this list, so that no edit may take it out of there. */
  const member = (item: TreeNode): readonly TreeNode[] => {
    const found = resolved(item);
    if (found === item) return [item];
    return (found.kind === 'list' ? found.items : [found]).map((each) => ({ ...each, shared: true }));
  };
  const value = (node: TreeNode): TreeNode => {
    const found = resolved(node);
    return found.kind === 'list' && found.items.some((item) => resolved(item) !== item)
      ? { ...found, items: found.items.flatMap(member) }
      : found;
  };
  return {
    maps,
    reference,
    at: (node, ...path) =>
      path.reduce<TreeNode | undefined>((found, key) => {
        const inner = entryOf(found, key)?.value;
        return inner && resolved(inner);
      }, node),
    settings: (map) => ({ ...map, entries: map.entries.map((entry) => ({ ...entry, value: value(entry.value) })) }),
  };
}

/** Calls of modules that are files, with what each is given. */
export function callsIn({ maps, at }: ResourceTemplate): { readonly file: string; readonly parameters: TreeMap }[] {
  return maps.flatMap((map) => {
    const file = textOf(valueAt(map, 'module'));
    const parameters = file?.endsWith('.bicep') ? at(map, 'params') : undefined;
    return file !== undefined && parameters?.kind === 'map' ? [{ file, parameters }] : [];
  });
}

/** In the nearest template around the node that declares the name. */
function declared(node: TreeNode, kind: 'variables' | 'parameters', name: string): TreeNode | undefined {
  for (let around: TreeNode | undefined = node; around; around = around.parent) {
    const found = valueAt(around, kind, name);
    if (found) return found;
  }
  return undefined;
}

/** This map and all inside it. */
export function mapsBelow(node: TreeNode): TreeMap[] {
  if (node.kind === 'list') return node.items.flatMap(mapsBelow);
  return node.kind === 'map' ? [node, ...entriesOf(node).flatMap(({ value }) => mapsBelow(value))] : [];
}
