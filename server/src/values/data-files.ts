/** Values of data files that a program reads: modules of JSON, and the settings of node-config. */
import type { TreeNode } from '../syntax/trees/tree.ts';
import { folderOf, joined } from './modules.ts';
import type { Value } from './value.ts';
import type { Inner } from './inner-value.ts';
import type { At, Place, Session } from './session.ts';

/** Folders above a program in which the settings of its application are looked for. */
const mostFolders = 6;
const deepest = 12;

/** `require('./settings.json')`; undefined where the module is none, or is not there. */
export function jsonModule(module: string, session: Session, { program }: Place): Inner | undefined {
  if (!/^\.{1,2}\/.*\.json$/.test(module)) return undefined;
  const file = joined(folderOf(program.path), module);
  return file === undefined ? undefined : valueIn(file, [], session);
}

/**
 * `config.get('cors.origin')` of node-config: what production has of its own, else the default. https://github.com/node-config/node-config
 * What a variable of the environment gives is not known.
 */
export function configuredValue(key: string, here: At, session: Session, { program }: Place): Inner | undefined {
  const path = key.split('.');
  for (let folder = program.path, level = 0; folder.includes('/') && level < mostFolders; level++) {
    folder = folder.slice(0, folder.lastIndexOf('/'));
    const usual = settingIn(`${folder}/config/default`, path, session);
    if (usual === undefined) continue;
    const given = settingIn(`${folder}/config/custom-environment-variables`, path, session);
    if (given?.kind === 'text') return { kind: 'environment', name: given.text, fallback: usual as Value, ...here };
    return settingIn(`${folder}/config/production`, path, session) ?? usual;
  }
  return undefined;
}

function settingIn(name: string, path: readonly string[], session: Session): Inner | undefined {
  for (const ending of ['.json', '.yaml', '.yml']) {
    const found = valueIn(name + ending, path, session);
    if (found !== undefined) return found;
  }
  return undefined;
}

function valueIn(file: string, path: readonly string[], session: Session): Inner | undefined {
  const root = session.host.tree?.(file)?.root;
  let node = root;
  for (const key of path)
    node = node?.kind === 'map' ? node.entries.find((entry) => entry.key === key)?.value : undefined;
  return node && (valueOf(node, file, 0) as Inner);
}

/** What the node holds, with places in its file. */
function valueOf(node: TreeNode, file: string, level: number): Value {
  const range = { ...node.range, path: file };
  if (level > deepest) return { kind: 'unknown', range };
  switch (node.kind) {
    case 'list':
      return {
        kind: 'list',
        items: node.items.map((item) => valueOf(item, file, level + 1)),
        open: false,
        type: 'list',
        range,
      };
    case 'map': {
      const entries = node.entries.map(({ key, keyRange, value, range: whole }) => ({
        key,
        keyRange: { ...keyRange, path: file },
        value: valueOf(value, file, level + 1),
        range: { ...whole, path: file },
      }));
      return { kind: 'dict', entries, open: node.open === true, range };
    }
    case 'scalar':
      return scalarOf(node.value, range);
  }
}

function scalarOf(value: string | number | boolean | null, range: Value['range']): Value {
  switch (typeof value) {
    case 'string':
      return { kind: 'text', text: value, range };
    case 'number':
      return { kind: 'number', value, range };
    case 'boolean':
      return { kind: 'boolean', value, range };
    default:
      return { kind: 'nothing', range };
  }
}
