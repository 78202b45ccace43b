/**
 * Values of variables that decide on CORS settings of a module: of files of values, of the call of a module in a folder, of
 * the inputs of Terragrunt. The settings stand in the module; the finding stands where the value is given.
 */
import type { TreeDocument, TreeEntry, TreeMap, TreeNode } from '../../../syntax/trees/tree.ts';
import type { Policy } from '../../../policy/policy.ts';
import { contextAt, defineFramework } from '../../../models/framework.ts';
import type { FrameworkContext } from '../../../models/framework.ts';
import { policiesHere, separated, withGiven } from '../../../models/services/given-values.ts';
import type { GivenFor } from '../../../models/services/given-values.ts';
import { isLoaded, loadedValue, moduleFiles, valuesOf } from '../../../models/services/terraform-module.ts';
import { readTerraform } from '../../../models/services/terraform-resources.ts';
import { entriesOf, entryOf, textOf, valueAt } from '../../../edits/tree-edits.ts';
import { framework as aws } from './terraform-aws.ts';
import { framework as azure } from './terraform-azure.ts';
import { framework as google } from './terraform-google.ts';

export const framework = defineFramework({
  id: 'terraform-values',
  title: 'Terraform (values)',
  documentation: 'https://developer.hashicorp.com/terraform/language/values/variables',
  reads:
    '`terraform.tfvars`, `*.auto.tfvars` and other `*.tfvars` (in JSON too), calls of modules in a folder, and `inputs` of ' +
    '`terragrunt.hcl`: what they give to the settings of a module',
  mentions: ['"*"', '"./', '"../', 'http', 'origin', 'cors', '"null"', 'terragrunt', 'true'],
  shape: 'tree',
  formats: ['tfvars', 'tfvars-json', 'hcl'],
  read(document, context) {
    const policies = /\.tfvars(\.json)?$/.test(document.path)
      ? policiesOfValues(document, context)
      : [...policiesOfCalls(document, context), ...policiesOfInputs(document, context)];
    return { policies, facts: [] };
  },
});

/** A module inside a module inside a module. */
const deepest = 3;
/** Files of values of an environment stand in folders below the module. */
const folders = ['.', '..', '../..'];

function policiesOfValues(document: TreeDocument, context: FrameworkContext): Policy[] {
  const values = valuesOf(document);
  const folder = folders.find((one) => moduleFiles(one, context).length > 0);
  if (folder === undefined || values.size === 0) return [];
  const counts = (name: string): boolean => {
    if (folder !== '.' || !isLoaded(document.path)) return true;
    return loadedValue(name, '.', context)?.path === document.path;
  };
  return policiesWith(document, folder, (name) => (counts(name) ? values.get(name) : undefined), context, 0);
}

function policiesOfCalls(document: TreeDocument, context: FrameworkContext): Policy[] {
  const { modules, resolve } = readTerraform(document, context);
  return modules.flatMap(({ source, body }) => policiesOfCall(source, bodyValues(body, resolve), document, context, 0));
}

/** What a call gives, with locals resolved; what stands in another file is not told here. */
function bodyValues(body: TreeMap, resolve: (node: TreeNode) => TreeNode | undefined): GivenFor {
  return (name) => {
    const entry = entryOf(body, name);
    return entry && { ...entry, value: resolve(entry.value) ?? entry.value };
  };
}

function policiesOfInputs(document: TreeDocument, context: FrameworkContext): Policy[] {
  if (!/(^|\/)terragrunt\.hcl$/.test(document.path)) return [];
  const source = textOf(valueAt(document.root, 'terraform', 'source')) ?? '';
  return policiesOfCall(source, (name) => entryOf(valueAt(document.root, 'inputs'), name), document, context, 0);
}

/** The folder is the one of the file that the context stands at. */
function policiesOfCall(
  source: string,
  given: GivenFor,
  document: TreeDocument,
  context: FrameworkContext,
  depth: number,
): Policy[] {
  // Two slashes part a package from the folder in it.
  const folder = source.replace(/(?<=[^:])\/\//, '/').replace(/\/$/, '');
  return /^\.\.?(\/|$)/.test(folder) ? policiesWith(document, folder, given, context, depth) : [];
}

/** What the module in the folder sets by the given values, and the modules that it hands them to. */
function policiesWith(
  document: TreeDocument,
  folder: string,
  given: GivenFor,
  context: FrameworkContext,
  depth: number,
): Policy[] {
  const files = depth < deepest ? moduleFiles(folder, context) : [];
  const [first] = files;
  if (first === undefined) return [];
  const roots = files.map(({ root, path }) => withGiven(root!, path, references, (name) => valueFor(name, given)));
  const root: TreeMap = { kind: 'map', range: roots[0]!.range, shared: true, entries: roots.flatMap(entriesOf) };
  const whole: TreeDocument = { ...document, root, roots: [root], comments: [] };
  // All files of the module are in it.
  const alone = { ...contextAt(context, first.path), listFolder: () => [] };
  const there = contextAt(context, first.path);
  return [
    ...policiesHere(
      [aws, azure, google].flatMap((one) => one.read(whole, alone).policies),
      'terraform-values',
    ),
    ...readTerraform(whole, alone).modules.flatMap(({ source, body }) =>
      policiesOfCall(source, (name) => entryOf(body, name), document, there, depth + 1),
    ),
  ];
}

/** Functions that leave the members of a list as they are. */
const wrappers = '(?:tolist|toset|compact|distinct|flatten|sort|nonsensitive)';
const reference = new RegExp(
  `^\\$\\{\\s*(?:${wrappers}\\(\\s*)*(split\\(\\s*"\\s*,\\s*"\\s*,\\s*)?(var\\.[\\w-]+(?:\\.[\\w-]+|\\["[\\w-]+"\\])*)[\\s)]*\\}$`,
);
const references = {
  whole: (node: TreeNode): string | undefined => {
    const [, split, name] = reference.exec(textOf(node) ?? '') ?? [];
    return name === undefined ? undefined : (split === undefined ? '' : 'split:') + name;
  },
  inside: /\$\{\s*(var\.[\w-]+)\s*\}/g,
};

/** `var.site.origins`, and a text that is split. */
function valueFor(reference: string, given: GivenFor): TreeEntry | undefined {
  const [, split, way] = /^(split:)?var\.(.*)$/s.exec(reference)!;
  const [name, ...keys] = way!.replaceAll(/\["([^"]*)"\]/g, '.$1').split('.');
  let entry = given(name!);
  for (const key of keys) entry = entryOf(entry?.value, key);
  // A value that is handed on by the module itself is told where that comes from.
  if (entry === undefined || entry.value.range.path !== undefined) return undefined;
  return split === undefined ? entry : { ...entry, value: separated(entry.value) };
}
