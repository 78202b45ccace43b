/** What a Scala file imports, and the objects and classes that other files of its package see. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { DeclaredName } from '../language-adapter.ts';
import type { Expression, Import } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import type { ImportLine } from '../imported-names.ts';
import { importOf, importsByLine, nameOfImport } from '../imported-names.ts';
import { named } from '../named-children.ts';

const importLines = importsByLine(readLines);

/** One name of an import: `import a.b.C`, `import a.b.{C => D}`, `import a.b._`. */
function readLines(reader: Reader): ImportLine[] {
  return [...reader.text.matchAll(/(?:^|[;{])[ \t]*import\b/gm)].flatMap(({ 0: found, index }) => {
    const node = reader.nodeAt(index + found.length - 1);
    return node?.type === 'import_declaration' ? linesOf(node) : [];
  });
}

function linesOf(node: SyntaxNode): ImportLine[] {
  const path: SyntaxNode[] = [];
  const lines: ImportLine[] = [];
  for (const child of named(node)) {
    const module = path.map(({ text }) => text).join('.');
    if (child.type === 'namespace_wildcard') lines.push({ node, module, imported: '*' });
    else if (child.type === 'namespace_selectors') lines.push(...selected(child, node, module));
    else if (child.type === 'as_renamed_identifier') lines.push(renamed(child, node, module));
    else if (child.type === 'identifier') path.push(child);
  }
  const name = path.at(-1);
  if (lines.length > 0 || name === undefined) return lines;
  return [
    {
      node,
      module: path
        .slice(0, -1)
        .map(({ text }) => text)
        .join('.'),
      imported: name.text,
      name,
    },
  ];
}

function selected(list: SyntaxNode, node: SyntaxNode, module: string): ImportLine[] {
  return named(list).map((child): ImportLine => {
    if (/_renamed_identifier$/.test(child.type)) return renamed(child, node, module);
    const isWhole = child.type === 'namespace_wildcard' || child.type === 'wildcard';
    return isWhole ? { node, module, imported: '*' } : { node, module, imported: child.text, name: child };
  });
}

function renamed(child: SyntaxNode, node: SyntaxNode, module: string): ImportLine {
  const [name, alias] = [child.childForFieldName('name'), child.childForFieldName('alias')];
  return { node, module, imported: name?.text ?? '', ...(alias?.type === 'identifier' && { name: alias }) };
}

export function readImports(reader: Reader): Import[] {
  return importLines(reader).map(({ node, module, imported, name }) =>
    importOf({ module, imported, name, range: rangeOf(name ?? node) }, reader),
  );
}

/** The name that an import binds, as a declared one. */
export function importedName(node: SyntaxNode, reader: Reader): DeclaredName | undefined {
  const line = importLines(reader).find(({ name }) => name?.id === node.id);
  return line && nameOfImport(node.text, rangeOf(node), node.startIndex, reader);
}

const typeDeclaration = /^(class|object|trait|enum)_definition$/;

/** Objects and classes of the file: all files of the package see them. */
export function readExports(reader: Reader): Map<string, Expression> {
  const found = new Map<string, Expression>();
  for (const node of topLevel(reader.tree.rootNode)) {
    const name = typeDeclaration.test(node.type) ? node.childForFieldName('name') : null;
    // An object and the class of the same name are companions: the object has what is read without an instance.
    if (name && (node.type === 'object_definition' || !found.has(name.text)))
      found.set(name.text, reader.expression(node, node));
  }
  return found;
}

/** `package a { … }` and `package a:` have a body of their own. */
function topLevel(node: SyntaxNode): SyntaxNode[] {
  return named(node).flatMap((child) =>
    child.type === 'package_clause' ? topLevel(child.childForFieldName('body') ?? child) : [child],
  );
}
