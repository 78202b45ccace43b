/**
 * Values of parameters that decide on CORS settings of a CloudFormation or SAM template: `parameter_overrides` of
 * `samconfig.toml`, files of parameters, and stacks inside a stack. The settings stand in the template; the finding stands where the
 * value is given.
 */
import type { TreeDocument, TreeEntry, TreeNode, TreeScalar } from '../../../syntax/trees/tree.ts';
import type { Policy } from '../../../policy/policy.ts';
import { contextAt, defineFramework } from '../../../models/framework.ts';
import type { FrameworkContext } from '../../../models/framework.ts';
import { policiesHere, separated, withGiven } from '../../../models/services/given-values.ts';
import type { GivenFor } from '../../../models/services/given-values.ts';
import { entriesOf, entryOf, isString, mapsOf, textNodesOf, textOf, valueAt } from '../../../edits/tree-edits.ts';
import { readTemplate } from './cloudformation-resources.ts';
import { isTemplate } from './cloudformation-values.ts';

export const framework = defineFramework({
  id: 'aws-values',
  title: 'AWS templates (values)',
  documentation:
    'https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-sam-cli-config.html',
  reads:
    '`parameter_overrides` of `samconfig.toml`, lists of `ParameterKey`, `Parameters` of configurations of templates and of stacks ' +
    'inside a stack: what they give to the settings of a template',
  mentions: ['parameter_overrides', 'parameterkey', '"parameters"', 'templateurl', 'aws::serverless::application'],
  shape: 'tree',
  formats: ['toml', 'json', 'yaml'],
  read(document, context) {
    const policies = isTemplate(document.root)
      ? nestedStacks(document, context)
      : [...overrides(document, context), ...parameterFile(document, context)];
    return { policies: policiesHere(policies, 'aws-values'), facts: [] };
  },
});

const usualTemplates = ['template.yaml', 'template.yml', 'template.json'];
/** Commands that deploy; what others are given serves the developer's machine. */
const deploys = /^(deploy|sync|global)$/;

function overrides(document: TreeDocument, context: FrameworkContext): Policy[] {
  if (!/(^|\/)samconfig\.(toml|ya?ml)$/.test(document.path)) return [];
  return entriesOf(document.root).flatMap(({ value: environment }) => {
    const commands = entriesOf(environment);
    const file = commands.map(({ value }) => textOf(valueAt(value, 'parameters', 'template_file'))).find(Boolean);
    return commands
      .filter(({ key }) => deploys.test(key))
      .flatMap(({ value }) => {
        const given = new Map(overridesIn(valueAt(value, 'parameters', 'parameter_overrides')));
        const templates = file === undefined ? usualTemplates : [file];
        const template = templates.find((name) => context.document(name) !== undefined);
        return template === undefined ? [] : policiesWith(template, (name) => given.get(name), document, context);
      });
  });
}

/** `Name=value Other="a b"`, a list of such texts, or `ParameterKey=Name,ParameterValue=value`. */
function overridesIn(node: TreeNode | undefined): [string, TreeEntry][] {
  if (node?.kind === 'map') return node.entries.map((entry) => [entry.key, entry]);
  return textNodesOf(node).flatMap((text) =>
    [...text.value.matchAll(assignments)].map((match): [string, TreeEntry] => {
      const [whole, name, written] = match;
      const start = match.index + whole.length - written!.length;
      return [name!, overrideAt(name!, text, start, written!)];
    }),
  );
}
const assignments = /(?:ParameterKey=)?([A-Za-z]\w*)(?:,ParameterValue)?=("(?:[^"\\]|\\.)*"|\S*)/g;

/** A part of a text; the whole text is its place where escapes shift it. Nothing writes into a part. */
function overrideAt(key: string, node: TreeScalar, start: number, written: string): TreeEntry {
  const quoted = /^"(.*)"$/s.exec(written);
  const value = quoted ? quoted[1]! : written;
  const at = node.contentRange.start + start + (quoted ? 1 : 0);
  const exact = node.contentRange.end - node.contentRange.start === String(node.value).length;
  const range = exact ? { start: at, end: at + value.length } : node.range;
  const scalar: TreeScalar = { kind: 'scalar', value, range, contentRange: range, shared: true };
  return { key, keyRange: range, range, value: scalar };
}

/** What is handed to `--parameters` of the command line, or to a pipeline. */
function parameterFile(document: TreeDocument, context: FrameworkContext): Policy[] {
  const given = new Map<string, TreeEntry>(
    mapsOf(document.root).flatMap((map): [string, TreeEntry][] => {
      const key = textOf(valueAt(map, 'ParameterKey'));
      const value = entryOf(map, 'ParameterValue');
      return key !== undefined && value ? [[key, value]] : [];
    }),
  );
  if (document.format === 'json')
    for (const entry of entriesOf(valueAt(document.root, 'Parameters')))
      if (isString(entry.value)) given.set(entry.key, entry);
  return given.size === 0 ? [] : policiesOfFirst(templatesBeside(document, context), given, document, context);
}

/** Templates in the folder of a file of parameters and in the one above it. */
function templatesBeside({ path }: TreeDocument, context: FrameworkContext): string[] {
  const own = path.slice(path.lastIndexOf('/') + 1);
  return ['.', '..'].flatMap((folder) =>
    (context.listFolder(folder) ?? usualTemplates)
      .filter((name) => /\.(ya?ml|json)$/.test(name) && name !== own && !/param|package|lock|config/i.test(name))
      .slice(0, 10)
      .map((name) => `${folder}/${name}`),
  );
}

/** Of the first template that declares all of them. */
function policiesOfFirst(
  files: readonly string[],
  given: ReadonlyMap<string, TreeEntry>,
  document: TreeDocument,
  context: FrameworkContext,
): Policy[] {
  const file = files.find((one) => {
    const found = context.document(one);
    const declared = found?.shape === 'tree' && isTemplate(found.root) ? valueAt(found.root, 'Parameters') : undefined;
    return given.size > 0 && [...given.keys()].every((name) => entryOf(declared, name) !== undefined);
  });
  return file === undefined ? [] : policiesWith(file, (name) => given.get(name), document, context);
}

function nestedStacks(document: TreeDocument, context: FrameworkContext): Policy[] {
  return entriesOf(valueAt(document.root, 'Resources')).flatMap(({ value }) => {
    const properties = valueAt(value, 'Properties');
    const file = textOf(valueAt(properties, 'TemplateURL')) ?? textOf(valueAt(properties, 'Location'));
    const parameters = valueAt(properties, 'Parameters');
    return file === undefined || /^\w+:/.test(file)
      ? []
      : policiesWith(file, (name) => entryOf(parameters, name), document, context);
  });
}

/** What the template sets by the given values. */
function policiesWith(file: string, given: GivenFor, document: TreeDocument, context: FrameworkContext): Policy[] {
  const found = context.document(file);
  if (found?.shape !== 'tree' || !isTemplate(found.root)) return [];
  const declared = valueAt(found.root, 'Parameters');
  const root = withGiven(found.root!, contextAt(context, found.path).path, references, (way) => {
    const [, split, name] = /^(split:)?(.*)$/.exec(way)!;
    const entry = given(name!);
    const isList = /List/.test(textOf(valueAt(declared, name!, 'Type')) ?? '');
    if (entry?.value.kind === 'map') return undefined;
    return entry && (split !== undefined || isList) ? { ...entry, value: separated(entry.value) } : entry;
  });
  const whole: TreeDocument = { ...document, root, roots: [root], comments: [] };
  return readTemplate(root, whole, 'cloudformation');
}

const references = {
  whole(node: TreeNode): string | undefined {
    const name = textOf(valueAt(node, 'Ref'));
    const split = valueAt(node, 'Fn::Split');
    const [separator, list] = split?.kind === 'list' ? split.items : [];
    const inner = textOf(separator) === ',' ? textOf(valueAt(list, 'Ref')) : undefined;
    return name ?? (inner === undefined ? undefined : `split:${inner}`);
  },
  text: (node: TreeNode): string | undefined => textOf(valueAt(node, 'Fn::Sub')),
  inside: /\$\{(\w+)\}/g,
};
