/** What a Java file imports, and the types that other files of its package see. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { DeclaredName } from '../language-adapter.ts';
import type { Expression, Import } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import type { ImportLine } from '../imported-names.ts';
import { importAt, importBinding, importOf, importsByLine } from '../imported-names.ts';
import { named } from '../named-children.ts';

/** One import: `import a.b.C;`, `import a.b.*;`, `import static a.b.C.d;`. */
interface JavaImport extends ImportLine {
  /** `module` is a package; of what is static, a package and its class. */
  readonly isStatic: boolean;
}

const importLines = importsByLine(readLines);

function readLines(reader: Reader): JavaImport[] {
  return [...reader.text.matchAll(/^[ \t]*import\b/gm)].flatMap(({ 0: found, index }) => {
    const node = reader.nodeAt(index + found.length - 1);
    return node?.type === 'import_declaration' ? lineOf(node) : [];
  });
}

function lineOf(node: SyntaxNode): JavaImport[] {
  const path = named(node).find(({ type }) => /identifier$/.test(type));
  if (!path) return [];
  const isStatic = node.children.some((child) => child?.type === 'static');
  const isWhole = named(node).some(({ type }) => type === 'asterisk');
  if (isWhole) return [{ node, module: plain(path), imported: '*', isStatic }];
  const name = path.childForFieldName('name');
  const scope = path.childForFieldName('scope');
  return name && scope ? [{ node, module: plain(scope), imported: name.text, name, isStatic }] : [];
}

const plain = (path: SyntaxNode): string => path.text.replaceAll(/\s+/g, '');

export function readImports(reader: Reader): Import[] {
  return importLines(reader).map(({ node, module, imported, name }) =>
    importOf({ module, imported, name, range: rangeOf(node) }, reader),
  );
}

/** The name that an import binds, as a declared one. */
export function importedName(node: SyntaxNode, reader: Reader): DeclaredName | undefined {
  const line = importLines(reader).find(({ name }) => name?.id === node.id);
  return line && bound(node.text, rangeOf(node), line, reader);
}

/** Packages of the language itself: of their names programs use few, and these are known by themselves. */
const ownPackages = /^javax?\.(util|io|net|time|lang)\b/;

/** `import a.b.*;` binds what no other line does, where only one package can have it. */
export function unwrittenName(name: string, reader: Reader): DeclaredName | undefined {
  if (!/^\p{Lu}/u.test(name)) return undefined;
  // What is written in capitals alone is a constant of a class, and everything else a type of a package.
  const isConstant = /^\p{Lu}[\p{Lu}\d_]+$/u.test(name);
  const whole = importLines(reader).filter(
    ({ imported, module, isStatic }) => imported === '*' && isStatic === isConstant && !ownPackages.test(module),
  );
  const [only] = whole;
  return only && whole.length === 1 ? bound(name, rangeOf(only.node), only, reader) : undefined;
}

function bound(name: string, nameRange: ReturnType<typeof rangeOf>, line: JavaImport, reader: Reader): DeclaredName {
  const find = (): Import | undefined => {
    const found = importAt(line.node.startIndex, reader);
    return found && line.imported === '*' ? { ...found, imported: name, local: name, onDemand: true } : found;
  };
  return { scope: reader.tree.rootNode, binding: importBinding(name, nameRange, find) };
}

const typeDeclaration = /^(class|interface|enum|record|annotation_type)_declaration$/;

/** Types of the file: all files of the package see them. */
export function readExports(reader: Reader): Map<string, Expression> {
  const found = new Map<string, Expression>();
  for (const node of named(reader.tree.rootNode)) {
    const name = typeDeclaration.test(node.type) ? node.childForFieldName('name') : null;
    if (name) found.set(name.text, reader.expression(node, node));
  }
  return found;
}
