/**
 * Settings that a program builds, as a tree like that of a file: what a cloud service makes of a map of settings is the
 * same whether a template or a program holds it.
 */
import type { Expression, Program } from '../../../syntax/programs/program.ts';
import type { SourceRange } from '../../../syntax/range.ts';
import type { TreeDocument, TreeEntry, TreeNode } from '../../../syntax/trees/tree.ts';
import type { Environment, Value } from '../../../values/value.ts';
import type { PlainValue } from '../../../edits/tree-edits.ts';

export interface ProgramTree {
  /** The tree's document; its text is the program's. */
  readonly document: TreeDocument;
  /** The value as a node. What cannot be known is a placeholder, as in a file that a deployment fills in. */
  node(value: Value): TreeNode;
  /** For values from the environment: the variable, and the text that it falls back to. */
  reference(node: TreeNode): { readonly name: string; readonly fallback: string } | undefined;
}

/** `constant` knows the values of a library's own names: `Cors.ALL_ORIGINS`. */
export function programTree(
  program: Program,
  constant: (expression: Expression) => PlainValue | undefined,
): ProgramTree {
  const references = new Map<TreeNode, { readonly name: string; readonly fallback: string }>();

  function node(value: Value, parent?: TreeNode): TreeNode {
    const { range } = value;
    // An edit of what another file holds is not offered: it may serve others there.
    const place = {
      range,
      ...(parent && { parent }),
      ...(range.path !== undefined && range.path !== program.path && { shared: true as const }),
    };
    switch (value.kind) {
      case 'text':
        return { kind: 'scalar', value: value.text, contentRange: value.contentRange ?? range, ...place };
      case 'number':
      case 'boolean':
        return { kind: 'scalar', value: value.value, contentRange: range, ...place };
      case 'nothing':
        return { kind: 'scalar', value: null, contentRange: range, ...place };
      case 'list': {
        const items: TreeNode[] = [];
        const list: TreeNode = { kind: 'list', items, ...place };
        items.push(...value.items.map((item) => node(item, list)), ...(value.open ? [placeholder(range, list)] : []));
        return list;
      }
      case 'dict': {
        const entries: TreeEntry[] = [];
        const map: TreeNode = { kind: 'map', entries, ...place, ...(value.open && { open: true as const }) };
        entries.push(
          ...value.entries.map((entry): TreeEntry => ({
            key: entry.key,
            keyRange: entry.keyRange,
            value: node(entry.value, map),
            range: entry.range,
          })),
        );
        return map;
      }
      case 'environment':
        return fromEnvironment(value, parent);
      default: {
        const known = value.expression && constant(value.expression);
        return known === undefined ? placeholder(range, parent) : plainNode(known, range, parent);
      }
    }
  }

  function fromEnvironment({ range, name, fallback }: Environment, parent: TreeNode | undefined): TreeNode {
    const found = placeholder(range, parent);
    if (fallback?.kind === 'text') references.set(found, { name, fallback: fallback.text });
    return found;
  }

  return {
    document: {
      shape: 'tree',
      format: 'program',
      path: program.path,
      text: program.text,
      root: undefined,
      roots: [],
      comments: [],
    },
    node: (value) => node(value),
    reference: (found) => references.get(found),
  };
}

function placeholder(range: SourceRange, parent: TreeNode | undefined): TreeNode {
  return { kind: 'scalar', value: '${unknown}', contentRange: range, range, ...(parent && { parent }) };
}

/** All parts of a constant stand where its name does; a name is not rewritten as a text or a number. */
function plainNode(value: PlainValue, range: SourceRange, parent: TreeNode | undefined): TreeNode {
  if (typeof value !== 'object')
    return { kind: 'scalar', value, contentRange: range, range, shared: true, ...(parent && { parent }) };
  const items: TreeNode[] = [];
  const list: TreeNode = { kind: 'list', items, range, ...(parent && { parent }) };
  items.push(...Object.values(value as readonly PlainValue[]).map((item) => plainNode(item, range, list)));
  return list;
}
