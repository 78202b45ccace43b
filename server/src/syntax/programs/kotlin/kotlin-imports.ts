/** What a Kotlin file imports, and what other files of its package see of it. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { DeclaredName } from '../language-adapter.ts';
import type { Expression, Import } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import type { ImportLine } from '../imported-names.ts';
import { importOf, importsByLine, nameOfImport } from '../imported-names.ts';
import { named } from '../named-children.ts';
import { nameOfDeclaration, valueOfProperty, variableOf } from './kotlin-properties.ts';

const importLines = importsByLine(readLines);

/** One import: `import a.b.C`, `import a.b.*`, `import a.b.C as D`. */
function readLines(reader: Reader): ImportLine[] {
  return [...reader.text.matchAll(/^[ \t]*import\b/gm)].flatMap(({ 0: found, index }) => {
    let node: SyntaxNode | null = reader.nodeAt(index + found.length - 1) ?? null;
    while (node && node.type !== 'import' && node.parent) node = node.parent;
    return node?.type === 'import' ? lineOf(node) : [];
  });
}

function lineOf(node: SyntaxNode): ImportLine[] {
  const [path, alias] = named(node);
  if (!path) return [];
  const module = path.text.replaceAll(/[\s`]+/g, '');
  if (/\*\s*$/.test(node.text)) return [{ node, module, imported: '*' }];
  const last = named(path).at(-1);
  const dot = module.lastIndexOf('.');
  if (!last || dot < 0) return [];
  return [{ node, module: module.slice(0, dot), imported: module.slice(dot + 1), name: alias ?? last }];
}

export function readImports(reader: Reader): Import[] {
  return importLines(reader).map(({ node, module, imported, name }) =>
    importOf({ module, imported, name, range: rangeOf(node) }, reader),
  );
}

/** The name that an import binds, as a declared one. */
export function importedName(node: SyntaxNode, reader: Reader): DeclaredName | undefined {
  const line = importLines(reader).find(({ name }) => name?.id === node.id);
  return line && nameOfImport(node.text, rangeOf(node), line.node.startIndex, reader);
}

const declarations = new Set(['class_declaration', 'object_declaration', 'function_declaration']);

/** Top-level types, functions and properties: all files of the package see them. */
export function readExports(reader: Reader): Map<string, Expression> {
  const found = new Map<string, Expression>();
  for (const node of named(reader.tree.rootNode)) {
    if (node.type === 'property_declaration') {
      const name = variableOf(node)?.name;
      const value = valueOfProperty(node);
      if (name && value) found.set(name.text, reader.expression(value, node));
    } else if (declarations.has(node.type)) {
      const name = nameOfDeclaration(node);
      if (name) found.set(name.text, reader.expression(node, node));
    }
  }
  return found;
}
