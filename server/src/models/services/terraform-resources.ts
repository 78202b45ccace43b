/** Resources of Terraform and OpenTofu files, in HCL and in its JSON form, with locals resolved and defaults of variables known. */
import type { TreeDocument, TreeEntry, TreeMap, TreeNode } from '../../syntax/trees/tree.ts';
import type { ServicePolicyInput } from './cors-service.ts';
import type { FrameworkContext } from '../framework.ts';
import { entriesOf, entryOf, isPlaceholder, isString, textOf } from '../../edits/tree-edits.ts';

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
  if (document.format === 'json' && !/\.(tf|tofu)\.json$/.test(document.path))
    return { resources: [], modules: [], blocks: () => [], resolve: () => undefined, reference: () => undefined };
  const locals = new Map(
    named(root, 'locals')
      .flatMap(({ value }) => entriesOf(value))
      .map(({ key, value }) => [key, value] as const),
  );

  const resolve = (node: TreeNode): TreeNode | undefined => {
    const name = /^\$\{\s*local\.([\w-]+)\s*\}$/.exec(textOf(node) ?? '')?.[1];
    return name === undefined ? undefined : locals.get(name);
  };
  /** A chain of locals; the node itself where it does not end. */
  const resolved = (node: TreeNode): TreeNode => {
    let found = node;
    for (let step = 0; step < 8; step++) {
      const next = resolve(found);
      if (next === undefined) return found;
      found = next;
    }
    return node;
  };

  return {
    resources: named(root, 'resource')
      .flatMap(({ value }) => entriesOf(value))
      .flatMap(({ key: type, value }) =>
        entriesOf(value).flatMap(({ key: name, value: body }) =>
          mapsIn(body).map((map) => ({ type, name, body: map })),
        ),
      ),
    modules: named(root, 'module')
      .flatMap(({ value }) => entriesOf(value))
      .flatMap(({ key: name, value }) =>
        mapsIn(value).map((body) => ({ source: textOf(entryOf(body, 'source')?.value) ?? '', name, body })),
      ),
    blocks(body, type) {
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
    },
    resolve,
    reference(node) {
      const name = /^\$\{\s*var\.([\w-]+)\s*\}$/.exec(textOf(node) ?? '')?.[1];
      if (name === undefined) return undefined;
      for (const place of [root, otherRoot(context)]) {
        for (const { value } of named(place, 'variable').flatMap((entry) => named(entry.value, name))) {
          const fallback = mapsIn(value)
            .map((map) => entryOf(map, 'default')?.value)
            .find((found) => found !== undefined);
          const texts = (fallback?.kind === 'list' ? fallback.items : fallback ? [fallback] : [])
            .filter(isString)
            .map((item) => item.value);
          if (texts.length > 0 && !texts.some(isPlaceholder)) return { name: `var.${name}`, fallback: texts.join(',') };
        }
      }
      return undefined;
    },
  };
}

/** Variables stand in a file of their own by custom. */
function otherRoot(context: FrameworkContext): TreeNode | undefined {
  const found = context.document('variables.tf');
  return found?.shape === 'tree' ? found.root : undefined;
}

/** Entries of this name: a block is repeated in HCL, and a list of maps in JSON. */
function named(node: TreeNode | undefined, name: string): TreeEntry[] {
  return mapsIn(node).flatMap((map) => map.entries.filter(({ key }) => key === name));
}

/** Whether a module's `source` is this one, of the registry (`owner/name/provider`) or of its Git repository (`owner/terraform-provider-name`). */
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

function mapsIn(node: TreeNode | undefined): TreeMap[] {
  return node?.kind === 'map' ? [node] : node?.kind === 'list' ? node.items.filter((item) => item.kind === 'map') : [];
}
