/** What a C# file uses, and the types that other files of its project see. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { DeclaredName } from '../language-adapter.ts';
import type { Expression, Import } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { importOf, nameOfImport } from '../imported-names.ts';
import { named } from './csharp-text.ts';

/** `using A.B;`, `using static A.B;`, `using C = A.B;`, `global using A.B;`. */
interface UsingLine {
  readonly node: SyntaxNode;
  readonly module: string;
  /** `*` for all names of a namespace. */
  readonly imported: string;
  /** Where the name stands that the line binds. */
  readonly name?: SyntaxNode;
}

const linesOfReader = new WeakMap<Reader, readonly UsingLine[]>();

function usingLines(reader: Reader): readonly UsingLine[] {
  let lines = linesOfReader.get(reader);
  if (!lines) linesOfReader.set(reader, (lines = readLines(reader)));
  return lines;
}

function readLines(reader: Reader): UsingLine[] {
  return [...reader.text.matchAll(/^\uFEFF?[ \t]*(global\s+)?using\b/gm)].flatMap(({ 0: found, index }) => {
    const node = reader.nodeAt(index + found.length - 1);
    return node?.type === 'using_directive' ? lineOf(node) : [];
  });
}

function lineOf(node: SyntaxNode): UsingLine[] {
  const name = node.childForFieldName('name');
  const path = named(node).find(({ id, type }) => id !== name?.id && /^(identifier|qualified_name)$/.test(type));
  if (!path) return [];
  const whole = path.text.replaceAll(/\s+/g, '');
  if (!name) return [{ node, module: whole, imported: '*' }];
  const end = whole.lastIndexOf('.');
  return [{ node, module: whole.slice(0, Math.max(end, 0)), imported: whole.slice(end + 1), name }];
}

export function readImports(reader: Reader): Import[] {
  return usingLines(reader).map(({ node, module, imported, name }) =>
    importOf({ module, imported, name, range: rangeOf(node), ...(!name && { everything: true }) }, reader),
  );
}

/** The name that `using C = A.B;` binds. */
export function aliasName(node: SyntaxNode, reader: Reader): DeclaredName | undefined {
  const line = usingLines(reader).find(({ name }) => name?.id === node.id);
  return line && nameOfImport(node.text, rangeOf(node), line.node.startIndex, reader);
}

const typeDeclaration = /^(class|interface|enum|record|struct)_declaration$/;

/** Types of the file, those of its namespaces included: all files of the project see them. */
export function readExports(reader: Reader): Map<string, Expression> {
  const found = new Map<string, Expression>();
  const collect = (parent: SyntaxNode | null): void => {
    for (const node of named(parent)) {
      if (node.type === 'namespace_declaration') collect(node.childForFieldName('body'));
      const name = typeDeclaration.test(node.type) ? node.childForFieldName('name') : null;
      if (name) found.set(name.text, reader.expression(node, node));
    }
  };
  collect(reader.tree.rootNode);
  return found;
}
