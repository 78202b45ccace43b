/** Settings of ASP.NET: what `appsettings.json` gives a program that asks its configuration. */
import type { TreeDocument, TreeNode } from '../../syntax/trees/tree.ts';
import type { Inner } from '../inner-value.ts';
import type { Place, Session } from '../session.ts';
import type { Value } from '../value.ts';

/** How many folders above the file the project's settings may stand. */
const mostFolders = 4;

const settingsOf = new WeakMap<Session, Map<string, TreeDocument | undefined>>();

/**
 * `Configuration["Cors:Origins"]`: what the nearest `appsettings.json` says. What another file or the environment may put in its place
 * is what somebody meant to, and not what the project ships. https://learn.microsoft.com/aspnet/core/fundamentals/configuration/
 */
export function settingOf(value: Inner & { kind: 'environment' }, session: Session, place: Place): Inner | undefined {
  if (/GetEnvironmentVariable/.test(value.expression?.text ?? '')) return undefined;
  const document = nearestSettings(session, place);
  const found = document?.root && nodeAt(document.root, value.name.split(':'));
  return found && document && valueOf(found, document.path);
}

function nearestSettings(session: Session, { program: { path } }: Place): TreeDocument | undefined {
  const folders = path.split('/').slice(0, -1);
  const folder = folders.join('/');
  let known = settingsOf.get(session);
  if (!known) settingsOf.set(session, (known = new Map()));
  if (known.has(folder)) return known.get(folder);
  let found: TreeDocument | undefined;
  for (let up = 0; up <= Math.min(mostFolders, folders.length) && !found; up += 1) {
    const file = [...folders.slice(0, folders.length - up), 'appsettings.json'].join('/');
    found = session.host.tree?.(file);
  }
  known.set(folder, found);
  return found;
}

/** Names of settings are the same in upper and lower case. */
function nodeAt(node: TreeNode, names: readonly string[]): TreeNode | undefined {
  const [name, ...rest] = names;
  if (name === undefined) return node;
  if (node.kind === 'list') {
    const item = /^\d+$/.test(name) ? node.items[Number(name)] : undefined;
    return item && nodeAt(item, rest);
  }
  if (node.kind !== 'map') return undefined;
  const entry = node.entries.find(({ key }) => key.toLowerCase() === name.toLowerCase());
  return entry && nodeAt(entry.value, rest);
}

/** With ranges of the settings' file, so that a finding points at what stands there. */
function valueOf(node: TreeNode, path: string): Value | undefined {
  const range = { ...node.range, path };
  switch (node.kind) {
    case 'list': {
      const items = node.items.flatMap((item) => valueOf(item, path) ?? []);
      return { kind: 'list', items, open: items.length < node.items.length, type: 'list', range };
    }
    case 'scalar':
      return scalarOf(node, range);
    default:
      return undefined;
  }
}

function scalarOf(node: Extract<TreeNode, { kind: 'scalar' }>, range: Value['range']): Value | undefined {
  switch (typeof node.value) {
    case 'string':
      return { kind: 'text', text: node.value, range };
    case 'boolean':
      return { kind: 'boolean', value: node.value, range };
    case 'number':
      return { kind: 'number', value: node.value, range };
    default:
      return undefined;
  }
}
