/** What a Ruby file requires, and the constants and methods of its top level. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Expression, Import } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { named } from '../named-children.ts';

/** `require 'rack/cors'`, `require_relative 'origins'`: all that the file defines is seen here. */
export function readImports(reader: Reader): Import[] {
  return [...reader.text.matchAll(/\brequire(?:_relative)?[ \t(]+["']/g)].flatMap(({ index }): Import[] => {
    const call = reader.nodeAt(index)?.parent;
    const [file] = call?.type === 'call' ? named(call.childForFieldName('arguments')) : [];
    const lowered = file?.type === 'string' ? reader.lower(file) : undefined;
    if (!call || lowered?.kind !== 'string') return [];
    const isRelative = call.childForFieldName('method')?.text === 'require_relative';
    const module = isRelative ? `./${lowered.value}` : lowered.value;
    return [{ module, imported: '*', typeOnly: false, range: rangeOf(call), everything: true }];
  });
}

export function readExports(reader: Reader): Map<string, Expression> {
  const found = new Map<string, Expression>();
  for (const node of named(reader.tree.rootNode)) {
    const [name, value] = exported(node);
    if (name && value) found.set(name.text, reader.expression(value, node));
  }
  return found;
}

function exported(node: SyntaxNode): readonly [SyntaxNode | null, SyntaxNode | null] {
  if (node.type === 'assignment') {
    const name = node.childForFieldName('left');
    return name?.type === 'constant' ? [name, node.childForFieldName('right')] : [null, null];
  }
  return /^(method|class|module)$/.test(node.type) ? [node.childForFieldName('name'), node] : [null, null];
}
