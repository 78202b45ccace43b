/** What a Rust file imports, and the names of its module that other files see. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { DeclaredName } from '../language-adapter.ts';
import type { Expression, Import } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { importAt, importBinding, withBinding } from '../imported-names.ts';
import { named } from '../named-children.ts';

/** One name of a `use`: its path, and the name that it has here. */
interface UseLeaf {
  readonly node: SyntaxNode;
  /** The path above the name: `tower_http::cors`. */
  readonly module: string;
  /** `*` for a whole module, whose path is `module`. */
  readonly imported: string;
  /** Where the local name stands; absent for `use a::*`. */
  readonly name?: SyntaxNode;
  readonly everything?: true;
}

const leavesOfReader = new WeakMap<Reader, readonly UseLeaf[]>();

function useLeaves(reader: Reader): readonly UseLeaf[] {
  let leaves = leavesOfReader.get(reader);
  if (!leaves) leavesOfReader.set(reader, (leaves = readLeaves(reader)));
  return leaves;
}

function readLeaves(reader: Reader): UseLeaf[] {
  const found = new Map<number, UseLeaf[]>();
  for (const { index, 0: written } of reader.text.matchAll(/\b(?:use|mod|extern)\b/g)) {
    const node = reader.nodeAt(index + written.length - 1);
    if (!node || found.has(node.startIndex)) continue;
    if (node.type === 'use_declaration') found.set(node.startIndex, leavesIn(node.childForFieldName('argument'), []));
    if (node.type === 'mod_item' && !node.childForFieldName('body')) found.set(node.startIndex, moduleOf(node));
  }
  return [...found.values()].flat();
}

/** `mod config;` is a file of this name. */
function moduleOf(node: SyntaxNode): UseLeaf[] {
  const name = node.childForFieldName('name');
  return name ? [{ node, module: `self::${name.text}`, imported: '*', name }] : [];
}

function leavesIn(node: SyntaxNode | null | undefined, path: readonly string[]): UseLeaf[] {
  if (!node) return [];
  switch (node.type) {
    case 'scoped_use_list': {
      const inner = [...path, ...pathOf(node.childForFieldName('path'))];
      return named(node.childForFieldName('list')).flatMap((child) => leavesIn(child, inner));
    }
    case 'use_list':
      return named(node).flatMap((child) => leavesIn(child, path));
    case 'use_wildcard':
      return [{ node, module: [...path, ...pathOf(named(node)[0])].join('::'), imported: '*', everything: true }];
    case 'use_as_clause':
      return leafOf(node, [...path, ...pathOf(node.childForFieldName('path'))], node.childForFieldName('alias'));
    case 'self':
      return leafOf(node, path, node);
    default: {
      const name = node.type === 'scoped_identifier' ? node.childForFieldName('name') : node;
      return leafOf(node, [...path, ...pathOf(node)], name);
    }
  }
}

function leafOf(node: SyntaxNode, path: readonly string[], name: SyntaxNode | null): UseLeaf[] {
  const full = path.at(-1) === 'self' && path.length > 1 ? path.slice(0, -1) : path;
  const imported = full.at(-1);
  if (imported === undefined || !name) return [];
  return full.length === 1
    ? [{ node, module: imported, imported: '*', name }]
    : [{ node, module: full.slice(0, -1).join('::'), imported, name }];
}

function pathOf(node: SyntaxNode | null | undefined): string[] {
  return node
    ? node.text
        .replaceAll(/\s+/g, '')
        .split('::')
        .filter((part) => part !== '')
    : [];
}

/** The name that it has in this file: of `cors::{self}` the one of the module. */
function localOf({ name, imported }: UseLeaf): string | undefined {
  return name?.type === 'self' ? imported : name?.text;
}

export function readImports(reader: Reader): Import[] {
  return useLeaves(reader).map((leaf): Import => {
    const { node, module, imported, name, everything } = leaf;
    const base = { module, imported, range: rangeOf(node), typeOnly: false, ...(everything && { everything }) };
    const local = localOf(leaf);
    if (!name || local === undefined) return base;
    return withBinding({ ...base, local }, rangeOf(name), reader);
  });
}

/** The name that a `use` binds, as a declared one. */
export function importedName(node: SyntaxNode, reader: Reader): DeclaredName | undefined {
  const leaf = useLeaves(reader).find(({ name }) => name?.id === node.id);
  return leaf && bound(node.text, leaf, reader);
}

/** `use http::{self}` binds `http`, which stands before the brackets. */
export function unwrittenName(name: string, reader: Reader): DeclaredName | undefined {
  const leaf = useLeaves(reader).find((one) => one.name?.type === 'self' && one.imported === name);
  return leaf && bound(name, leaf, reader);
}

function bound(name: string, leaf: UseLeaf, reader: Reader): DeclaredName {
  const nameRange = rangeOf(leaf.name ?? leaf.node);
  const binding = importBinding(name, nameRange, () => importAt(leaf.node.startIndex, reader));
  return { scope: scopeOf(leaf.node), binding };
}

function scopeOf(node: SyntaxNode): SyntaxNode {
  let current = node;
  while (current.parent && !/^(block|declaration_list|source_file)$/.test(current.type)) current = current.parent;
  return current;
}

const items = /^(function_item|struct_item|enum_item|const_item|static_item|mod_item|trait_item)$/;

/** Items of the file: what is not public is seen by the modules below it. */
export function readExports(reader: Reader): Map<string, Expression> {
  const found = new Map<string, Expression>();
  for (const node of named(reader.tree.rootNode)) {
    const name = items.test(node.type) ? node.childForFieldName('name') : null;
    if (!name || (node.type === 'mod_item' && !node.childForFieldName('body'))) continue;
    const isValue = node.type === 'const_item' || node.type === 'static_item';
    found.set(name.text, reader.expression(isValue ? node.childForFieldName('value') : node, node));
  }
  return found;
}
