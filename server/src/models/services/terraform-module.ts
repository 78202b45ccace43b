/** The files of a Terraform module, which Terraform reads as one, and the files of values that stand beside them. */
import type { TreeDocument, TreeEntry } from '../../syntax/trees/tree.ts';
import { entriesOf, entryOf } from '../../edits/tree-edits.ts';
import type { FrameworkContext } from '../framework.ts';

const mostFiles = 30;
/** Where no folder can be listed. */
const usualNames = ['main.tf', 'variables.tf', 'locals.tf', 'variables.tofu'];

/** The files of the module in the folder, which is relative to the file that asks; empty where there is none. */
export function moduleFiles(folder: string, context: FrameworkContext): TreeDocument[] {
  const names = context.listFolder(folder) ?? usualNames;
  return treesOf(
    names.filter((name) => /\.(tf|tofu)(\.json)?$/.test(name)),
    folder,
    context,
  );
}

/**
 * Whether a value of this name counts in the module of the folder, by the files that Terraform takes by itself; undefined for
 * a name that none of them has. https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence
 */
export function loadedValue(name: string, folder: string, context: FrameworkContext): LoadedValue | undefined {
  const found = loadedFiles(folder, context).findLast((document) => entryOf(document.root, name) !== undefined);
  return found && { path: found.path, entry: entryOf(found.root, name)! };
}

/** A value, and the file that it stands in. */
export interface LoadedValue {
  readonly path: string;
  readonly entry: TreeEntry;
}

/** Of a module that Terraform is started in. */
const loadedName = /^terraform\.tfvars(\.json)?$|\.auto\.tfvars(\.json)?$/;

export function isLoaded(path: string): boolean {
  return loadedName.test(path.slice(path.lastIndexOf('/') + 1));
}

/** In the order in which a later file overrules an earlier one. */
function loadedFiles(folder: string, context: FrameworkContext): TreeDocument[] {
  const names = (context.listFolder(folder) ?? ['terraform.tfvars']).filter((name) => loadedName.test(name));
  const first = names.filter((name) => name.startsWith('terraform.tfvars'));
  return treesOf([...first, ...names.filter((name) => !first.includes(name))], folder, context);
}

/** Values by their names; of a name that is there twice the last one. */
export function valuesOf(document: TreeDocument): ReadonlyMap<string, TreeEntry> {
  return new Map(entriesOf(document.root).map((entry) => [entry.key, entry]));
}

function treesOf(names: readonly string[], folder: string, context: FrameworkContext): TreeDocument[] {
  return names.slice(0, mostFiles).flatMap((name) => {
    const found = context.document(`${folder}/${name}`);
    return found?.shape === 'tree' && found.root !== undefined ? [found] : [];
  });
}
