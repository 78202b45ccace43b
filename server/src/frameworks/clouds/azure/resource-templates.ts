/** Resource templates of Azure, in JSON and in Bicep: every map once, with variables resolved and defaults of parameters known. */
import type { TreeDocument, TreeMap, TreeNode } from '../../../syntax/trees/tree.ts';
import type { SourceRange } from '../../../syntax/range.ts';
import type { ServicePolicyInput } from '../../../models/services/cors-service.ts';
import type { FrameworkContext } from '../../../models/framework.ts';
import { entriesOf, entryOf, isPlaceholder, isString, textOf, valueAt } from '../../../edits/tree-edits.ts';

export interface ResourceTemplate {
  readonly maps: readonly TreeMap[];
  /** The value at the end of a path of keys, of which each may be a variable. */
  at(node: TreeNode | undefined, ...path: readonly string[]): TreeNode | undefined;
  /** A map with variables resolved in its values and in the members of its lists. */
  settings(map: TreeMap): TreeMap;
  readonly reference: NonNullable<ServicePolicyInput['reference']>;
}

export function readTemplate({ root, format }: TreeDocument): ResourceTemplate {
  const name = (node: TreeNode | undefined, kind: 'variables' | 'parameters'): string | undefined => {
    const text = textOf(node) ?? '';
    return format === 'bicep'
      ? /^\$\{(\w+)\}$/.exec(text)?.[1]
      : new RegExp(`^\\[\\s*${kind}\\('([^']+)'\\)\\s*\\]$`).exec(text)?.[1];
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
    const texts = (found?.value.kind === 'list' ? found.value.items : found ? [found.value] : [])
      .filter(isString)
      .map(({ value }) => value);
    return found && texts.length > 0 && !texts.some(isPlaceholder)
      ? { name: found.name, fallback: texts.join(',') }
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

/**
 * Settings in modules beside the file whose list of origins is a parameter, with what the file gives for it. What else they say stands at
 * the parameter, where nothing can be written.
 */
export function moduleSettings(
  template: ResourceTemplate,
  context: FrameworkContext,
  settingsOf: (template: ResourceTemplate) => readonly TreeMap[],
  originsKey: string,
): TreeMap[] {
  const parametersOf = (file: string, depth: number): ReadonlyMap<string, TreeMap> => {
    const found = new Map<string, TreeMap>();
    const document = depth < deepestModule ? context.document(file) : undefined;
    if (document?.shape !== 'tree') return found;
    const inner = readTemplate(document);
    const note = (given: TreeNode | undefined, settings: TreeMap): void => {
      for (const item of given?.kind === 'list' ? given.items : [given]) {
        const name = /^\$\{(\w+)\}$/.exec(textOf(item) ?? '')?.[1];
        if (name !== undefined) found.set(name, settings);
      }
    };
    for (const settings of settingsOf(inner)) note(entryOf(settings, originsKey)?.value, settings);
    for (const { file: next, parameters } of callsIn(inner))
      for (const [name, settings] of parametersOf(`${file.slice(0, file.lastIndexOf('/') + 1)}${next}`, depth + 1))
        note(entryOf(parameters, name)?.value, settings);
    return found;
  };
  return callsIn(template).flatMap(({ file, parameters }) =>
    [...parametersOf(file, 0)].flatMap(([name, settings]): TreeMap[] => {
      const given = entryOf(template.settings(parameters), name);
      if (!given) return [];
      const others = settings.entries
        .filter(({ key }) => key !== originsKey)
        .map(({ key, value }) => ({
          key,
          keyRange: given.keyRange,
          range: given.range,
          value: standingAt(value, given.keyRange),
        }));
      return [{ ...parameters, shared: true, entries: [{ ...given, key: originsKey }, ...others] }];
    }),
  );
}

/** Modules call modules, of which each has a list of parameters. */
const deepestModule = 5;

/** Calls of modules that are files. */
function callsIn({ maps, at }: ResourceTemplate): { readonly file: string; readonly parameters: TreeMap }[] {
  return maps.flatMap((map) => {
    const file = textOf(valueAt(map, 'module'));
    const parameters = file?.endsWith('.bicep') ? at(map, 'params') : undefined;
    return file !== undefined && parameters?.kind === 'map' ? [{ file, parameters }] : [];
  });
}

function standingAt(node: TreeNode, range: SourceRange): TreeNode {
  if (node.kind === 'list')
    return { ...node, range, shared: true, items: node.items.map((item) => standingAt(item, range)) };
  return node.kind === 'map'
    ? { ...node, range, shared: true, entries: [] }
    : { ...node, range, shared: true, contentRange: range };
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
