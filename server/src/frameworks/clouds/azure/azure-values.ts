/**
 * Values of parameters that decide on CORS settings of a template: of `.bicepparam` and JSON files of parameters, and of calls
 * of modules in files. The settings stand in the template; the finding stands where the value is given.
 */
import type { TreeDocument, TreeEntry, TreeNode } from '../../../syntax/trees/tree.ts';
import type { Policy } from '../../../policy/policy.ts';
import { contextAt, defineFramework } from '../../../models/framework.ts';
import type { FrameworkContext } from '../../../models/framework.ts';
import { policiesHere, withGiven } from '../../../models/services/given-values.ts';
import type { GivenFor } from '../../../models/services/given-values.ts';
import { entriesOf, entryOf, textOf, valueAt } from '../../../edits/tree-edits.ts';
import { framework as appService } from './azure-app-service.ts';
import { framework as containerApps } from './azure-container-apps.ts';
import { framework as storage } from './azure-storage.ts';
import { callsIn, readTemplate } from './resource-templates.ts';

export const framework = defineFramework({
  id: 'azure-values',
  title: 'Azure templates (values)',
  documentation: 'https://learn.microsoft.com/azure/azure-resource-manager/bicep/parameter-files',
  reads:
    '`*.bicepparam`, `*.parameters.json`, and calls of Bicep modules in files: what they give to the settings of a template',
  mentions: ["using '", 'deploymentparameters.json', '.bicep'],
  shape: 'tree',
  formats: ['bicepparam', 'json', 'bicep'],
  read(document, context) {
    return { policies: policiesHere(policiesIn(document, context), 'azure-values'), facts: [] };
  },
});

/** A module inside a module inside a module. */
const deepest = 5;

function policiesIn(document: TreeDocument, context: FrameworkContext): Policy[] {
  if (/\.bicepparam$/.test(document.path)) {
    const file = /^[ \t]*using[ \t]+'([^']+)'/m.exec(document.text)?.[1];
    const variables = valueAt(document.root, 'variables');
    const values = variables?.kind === 'map' ? readTemplate(document).settings(variables) : undefined;
    return file === undefined ? [] : policiesWith(document, file, (name) => entryOf(values, name), context, 0);
  }
  if (document.format === 'json') return policiesOfParameters(document, context);
  const template = readTemplate(document);
  return callsIn(template).flatMap(({ file, parameters }) => {
    const given = template.settings(parameters);
    return policiesWith(document, file, (name) => entryOf(given, name), context, 0);
  });
}

function policiesOfParameters(document: TreeDocument, context: FrameworkContext): Policy[] {
  if (!/\/deploymentParameters\.json#?$/i.test(textOf(valueAt(document.root, '$schema')) ?? '')) return [];
  const values = new Map(
    entriesOf(valueAt(document.root, 'parameters')).flatMap(({ key, value }): [string, TreeEntry][] => {
      const entry = entryOf(value, 'value');
      return entry ? [[key, entry]] : [];
    }),
  );
  const file = templatesFor(document.path).find((one) => declares(one, [...values.keys()], context));
  return file === undefined ? [] : policiesWith(document, file, (name) => values.get(name), context, 0);
}

/** Names that templates have beside `shop.parameters.json`, `shop.prod.parameters.json`, `shop.parameters.prod.json`. */
function templatesFor(path: string): string[] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const own = name.replace(/[._-]?param(eter)?s?([._-][\w-]+)*\.json$|\.json$/i, '');
  const bases = [own, own.replace(/[._-][\w]+$/, ''), 'main', 'azuredeploy', 'template'];
  return ['.', '..', '../..'].flatMap((folder) =>
    [...new Set(bases)]
      .filter((base) => base !== '')
      .flatMap((base) => [`${folder}/${base}.bicep`, `${folder}/${base}.json`]),
  );
}

function declares(file: string, names: readonly string[], context: FrameworkContext): boolean {
  const found = context.document(file);
  const parameters = found?.shape === 'tree' ? valueAt(found.root, 'parameters') : undefined;
  return names.length > 0 && names.every((name) => entryOf(parameters, name) !== undefined);
}

/** What the template sets by the given values, and the modules that it hands them to. */
function policiesWith(
  document: TreeDocument,
  file: string,
  given: GivenFor,
  context: FrameworkContext,
  depth: number,
): Policy[] {
  const found = depth < deepest ? context.document(file) : undefined;
  if (found?.shape !== 'tree' || found.root === undefined) return [];
  const root = withGiven(found.root, found.path, references, (way) => valueFor(way, given));
  const whole: TreeDocument = { ...document, root, roots: [root], comments: [] };
  const there = contextAt(context, found.path);
  return [
    ...[appService, containerApps, storage].flatMap((one) => one.read(whole).policies),
    ...callsIn(readTemplate(whole)).flatMap(({ file: next, parameters }) =>
      policiesWith(document, next, (name) => entryOf(parameters, name), there, depth + 1),
    ),
  ];
}

const references = {
  whole: (node: TreeNode): string | undefined => {
    const text = textOf(node) ?? '';
    return (
      /^\$\{(\w+(?:\.\w+|\[\?'\w+'\])*)\}$/.exec(text)?.[1] ??
      /^\[\s*parameters\('([^']+)'\)((?:\.\w+)*)\s*\]$/.exec(text)?.slice(1).join('')
    );
  },
  inside: /\$\{(\w+)\}/g,
};

/** `site.origins`. What the template gives itself is told there. */
function valueFor(way: string, given: GivenFor): TreeEntry | undefined {
  const [name, ...keys] = way.split('.');
  let entry = given(name!);
  for (const key of keys) entry = entryOf(entry?.value, key);
  return entry?.value.range.path === undefined ? entry : undefined;
}
