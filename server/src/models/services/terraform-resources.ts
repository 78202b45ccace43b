/** Resources of Terraform and OpenTofu files, in HCL and in its JSON form, with locals resolved and defaults of variables known. */
import type { TreeDocument, TreeEntry, TreeMap, TreeNode, TreeScalar } from '../../syntax/trees/tree.ts';
import type { ServicePolicyInput } from './cors-service.ts';
import type { FrameworkContext } from '../framework.ts';
import { lazily } from '../../policy/lazily.ts';
import { withGiven } from './given-values.ts';
import { loadedValue, moduleFiles } from './terraform-module.ts';
import { entriesOf, entryOf, isPlaceholder, isString, textOf } from '../../edits/tree-edits.ts';

const longestChain = 8;

export interface TerraformResource {
  readonly type: string;
  readonly name: string;
  readonly body: TreeMap;
}
/** A block, with the locals in its attributes resolved. */
export interface TerraformBlock {
  readonly entry: TreeEntry;
  readonly map: TreeMap;
}

export interface TerraformModule {
  readonly source: string;
  readonly name: string;
  readonly body: TreeMap;
}

export interface Terraform {
  readonly resources: readonly TerraformResource[];
  /** Calls of modules, by what they say of themselves. */
  readonly modules: readonly TerraformModule[];
  /** Blocks of this type, `dynamic` ones among them. */
  blocks(body: TreeMap, type: string): readonly TerraformBlock[];
  /** What a local stands for; undefined for everything else. */
  resolve(node: TreeNode): TreeNode | undefined;
  readonly reference: NonNullable<ServicePolicyInput['reference']>;
}

/** No resources in a JSON file that is not Terraform's. */
export function readTerraform(document: TreeDocument, context: FrameworkContext): Terraform {
  const { root } = document;
  if (document.format === 'json' && !/\.(tf|tofu|tfvars)\.json$/.test(document.path))
    return { resources: [], modules: [], blocks: () => [], resolve: () => undefined, reference: () => undefined };
  const others = lazily(() => otherRoots(document, context));
  const locals = localsOf([root]);
  const otherLocals = lazily(() => localsOf(others()));
  const resolve = (node: TreeNode): TreeNode | undefined => {
    const name = /^\$\{\s*local\.([\w-]+)\s*\}$/.exec(textOf(node) ?? '')?.[1];
    return name === undefined ? undefined : (locals.get(name) ?? otherLocals().get(name));
  };
  return {
    resources: resourcesOf(root),
    modules: modulesOf(root),
    blocks: (body, type) => blocksOf(body, type, (node) => resolvedIn(node, resolve)),
    resolve,
    reference(node) {
      const name = /^\$\{\s*var\.([\w-]+)\s*\}$/.exec(textOf(node) ?? '')?.[1];
      // Whoever gives a value tells what it does.
      if (name === undefined || loadedValue(name, '.', context) !== undefined) return undefined;
      const fallback = fallbackOf(name, [root]) ?? fallbackOf(name, others());
      return (
        fallback && { name: `var.${name}`, fallback: fallback.map(({ value }) => value).join(','), texts: fallback }
      );
    },
  };
}

/** The other files of the module, each where it stands. */
function otherRoots(document: TreeDocument, context: FrameworkContext): TreeNode[] {
  return moduleFiles('.', context)
    .filter(({ path }) => path !== document.path)
    .map(({ root, path }) => withGiven(root!, path, { whole: () => undefined }, () => undefined));
}

/** With locals in the node itself and in the members of a list, which then is no list to write into. */
function resolvedIn(node: TreeNode, resolve: (node: TreeNode) => TreeNode | undefined): TreeNode {
  const found = lastOf(node, resolve);
  if (found.kind !== 'list' || !found.items.some((item) => resolve(item) !== undefined)) return found;
  const items = found.items.flatMap((item) => {
    const member = lastOf(item, resolve);
    return member === item ? [item] : (member.kind === 'list' ? member.items : [member]).map(asShared);
  });
  return { ...found, shared: true, items };
}

function asShared(node: TreeNode): TreeNode {
  return { ...node, shared: true };
}

function localsOf(roots: readonly (TreeNode | undefined)[]): ReadonlyMap<string, TreeNode> {
  const entries = roots.flatMap((root) => named(root, 'locals')).flatMap(({ value }) => entriesOf(value));
  return new Map(entries.map(({ key, value }) => [key, value]));
}

function resourcesOf(root: TreeNode | undefined): TerraformResource[] {
  return named(root, 'resource')
    .flatMap(({ value }) => entriesOf(value))
    .flatMap(({ key: type, value }) =>
      entriesOf(value).flatMap(({ key: name, value: body }) => mapsIn(body).map((map) => ({ type, name, body: map }))),
    );
}

function modulesOf(root: TreeNode | undefined): TerraformModule[] {
  return named(root, 'module')
    .flatMap(({ value }) => entriesOf(value))
    .flatMap(({ key: name, value }) =>
      mapsIn(value).map((body) => ({ source: textOf(entryOf(body, 'source')?.value) ?? '', name, body })),
    );
}

function blocksOf(body: TreeMap, type: string, resolved: (node: TreeNode) => TreeNode): TerraformBlock[] {
  const dynamic = named(body, 'dynamic')
    .flatMap(({ value }) => named(value, type))
    .flatMap(({ value }) => mapsIn(value))
    .flatMap((map) => named(map, 'content'));
  return [...named(body, type), ...dynamic].flatMap((entry) =>
    mapsIn(resolved(entry.value)).map((map) => ({
      entry: { ...entry, value: map },
      map: { ...map, entries: map.entries.map((inner) => ({ ...inner, value: resolved(inner.value) })) },
    })),
  );
}

/** The end of a chain of locals; the node itself where it does not end. */
function lastOf(node: TreeNode, resolve: (node: TreeNode) => TreeNode | undefined): TreeNode {
  let found = node;
  for (let step = 0; step < longestChain; step++) {
    const next = resolve(found);
    if (next === undefined) return found;
    found = next;
  }
  return node;
}

/** The default of a variable that is a text or a list of texts. */
function fallbackOf(
  variable: string,
  places: readonly (TreeNode | undefined)[],
): readonly (TreeScalar & { readonly value: string })[] | undefined {
  const declared = places.flatMap((place) => named(place, 'variable').flatMap((entry) => named(entry.value, variable)));
  for (const { value } of declared) {
    const fallback = mapsIn(value)
      .map((map) => entryOf(map, 'default')?.value)
      .find((found) => found !== undefined);
    const texts = (fallback?.kind === 'list' ? fallback.items : fallback ? [fallback] : []).filter(isString);
    if (texts.length > 0 && !texts.some(({ value: text }) => isPlaceholder(text))) return texts;
  }
  return undefined;
}

/** Entries of this name: a block is repeated in HCL, and a list of maps in JSON. */
function named(node: TreeNode | undefined, name: string): TreeEntry[] {
  return mapsIn(node).flatMap((map) => map.entries.filter(({ key }) => key === name));
}

/**
 * Whether a module's `source` is this one, of the registry (`owner/name/provider`) or of its Git repository
 * (`owner/terraform-provider-name`).
 */
export function isModule(
  source: string,
  { owner, provider, name }: { readonly owner: string; readonly provider: string; readonly name: string },
): boolean {
  const [address] = source.replace(/^[\w:]*:\/\//, '').split(/\/\/|\?/);
  const path = address!.replace(/\.git$/, '');
  return (
    `/${path}`.endsWith(`/${owner}/${name}/${provider}`) ||
    (/[:/]/.test(path) && path.endsWith(`${owner}/terraform-${provider}-${name}`))
  );
}

/** The maps that a node is, or holds as a list. */
export function mapsIn(node: TreeNode | undefined): TreeMap[] {
  return node?.kind === 'map' ? [node] : node?.kind === 'list' ? node.items.filter((item) => item.kind === 'map') : [];
}
