/**
 * Values of `.env` files that Docker Compose puts into variables of known products: `${NAME}` in the compose file beside it, and
 * files that a service names as its `env_file`.
 */
import type { TreeDocument, TreeEntry, TreeMap, TreeNode } from '../../syntax/trees/tree.ts';
import type { Policy } from '../../policy/policy.ts';
import { defineFramework } from '../../models/framework.ts';
import type { FrameworkContext } from '../../models/framework.ts';
import { policiesHere, withGiven } from '../../models/services/given-values.ts';
import { entriesOf, entryOf, isString, textNodesOf, textOf, valueAt } from '../../edits/tree-edits.ts';
import { framework as environment } from './environment.ts';
import { finished } from '../../models/in-steps.ts';
import { folderOf, joined } from '../../values/modules.ts';

export const framework = defineFramework({
  id: 'compose-values',
  title: 'Docker Compose (values)',
  documentation: 'https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/',
  reads: '`.env` and `env_file` of a compose file: what they give to variables of products',
  mentions: ['origin', 'cors', 'domain', 'http', 'allow', 'true', 'urls', 'hosts'],
  shape: 'tree',
  formats: ['env'],
  read(document, context) {
    const files = levels.flatMap((level) => composeNames.map((name) => `${level}/${name}`));
    const policies = files.flatMap((file) => policiesOf(file, document, context));
    return { policies: policiesHere(policies, 'compose-values'), facts: [] };
  },
});

const composeNames = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];
const levels = ['.', '..'];

function policiesOf(file: string, document: TreeDocument, context: FrameworkContext): Policy[] {
  const found = context.document(file);
  if (found?.shape !== 'tree' || found.root === undefined) return [];
  // Compose itself reads the one beside its file.
  const isItsOwn = file.startsWith('./') && /(^|\/)\.env$/.test(document.path);
  const values = new Map(entriesOf(document.root).map((entry) => [entry.key, entry]));
  const services = entriesOf(
    valueAt(
      withGiven(asMaps(found.root), found.path, references, (name) => (isItsOwn ? values.get(name) : undefined)),
      'services',
    ),
  );
  // By its path: what stands in the file may be newer here than on the disk.
  const names = (written: string): boolean => joined(folderOf(found.path), written) === document.path;
  const read = services.flatMap(({ key, value }) => {
    const own = textNodesOf(valueAt(value, 'env_file')).some((node) => names(node.value));
    return own || isItsOwn ? [{ key, value: own ? withFile(value, document) : value }] : [];
  });
  const root: TreeMap = {
    kind: 'map',
    range: { ...found.root.range, path: found.path },
    shared: true,
    entries: read.map(({ key, value }) => ({ key, keyRange: value.range, range: value.range, value })),
  };
  return finished(environment.read({ ...document, root, roots: [root], comments: [] }, context)).policies;
}

/** The variables of the file come before those that the service sets itself. */
function withFile(service: TreeNode, document: TreeDocument): TreeNode {
  if (service.kind !== 'map') return service;
  const entries: TreeEntry[] = [];
  const own = entryOf(service, 'environment');
  const map: TreeMap = { ...service, entries };
  const variables: TreeMap = {
    kind: 'map',
    range: service.range,
    shared: true,
    parent: map,
    entries: [...entriesOf(document.root), ...entriesOf(own?.value)],
  };
  const entry = { key: 'environment', keyRange: service.range, range: service.range, value: variables };
  entries.push(...service.entries.filter((each) => each !== own), entry);
  return map;
}

/** Lists of `NAME=value` as the maps that they stand for. */
function asMaps(root: TreeNode): TreeNode {
  if (root.kind === 'scalar') return root;
  if (root.kind === 'list') return root;
  return {
    ...root,
    entries: root.entries.map((entry) => ({
      ...entry,
      value:
        entry.key === 'environment' && entry.value.kind === 'list'
          ? variablesOf(entry.value.items)
          : asMaps(entry.value),
    })),
  };
}

function variablesOf(items: readonly TreeNode[]): TreeNode {
  const range = items[0]?.range ?? { start: 0, end: 0 };
  return {
    kind: 'map',
    range,
    entries: items.filter(isString).flatMap((item): TreeEntry[] => {
      const [, key, value] = /^([A-Za-z_][\w.-]*)=(.*)$/s.exec(item.value) ?? [];
      return key === undefined
        ? []
        : [{ key, keyRange: item.range, range: item.range, value: { ...item, value: value! } }];
    }),
  };
}

const name = String.raw`\$\{(\w+)(?::?[-?+][^{}]*)?\}`;
const references = {
  whole: (node: TreeNode): string | undefined =>
    new RegExp(`^(?:${name}|\\$(\\w+))$`)
      .exec(textOf(node) ?? '')
      ?.slice(1)
      .find(Boolean),
  inside: new RegExp(name, 'g'),
};
