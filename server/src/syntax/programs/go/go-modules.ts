/** What a Go file imports, and the names of its package block that other files see. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { DeclaredName } from '../language-adapter.ts';
import type { Expression, Import } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { named, namedFields } from '../named-children.ts';
import { importAt, withBinding, withImport } from '../imported-names.ts';
import { literalParts, specsOf } from './go-text.ts';

/** One line of an import declaration. */
interface ImportSpec {
  readonly node: SyntaxNode;
  /** Path of the package. */
  readonly module: string;
  /** The name that is written before the path: an alias, `.` or `_`. */
  readonly alias?: SyntaxNode;
  /** Where the path's last part stands, which an import without an alias is called by. */
  readonly lastPart: { readonly start: number; readonly end: number };
}

const specsOfReader = new WeakMap<Reader, readonly ImportSpec[]>();

function importSpecs(reader: Reader): readonly ImportSpec[] {
  let specs = specsOfReader.get(reader);
  if (!specs) specsOfReader.set(reader, (specs = readSpecs(reader)));
  return specs;
}

function readSpecs(reader: Reader): ImportSpec[] {
  const found = new Map<number, ImportSpec[]>();
  for (const match of reader.text.matchAll(/\bimport\b/g)) {
    const declaration = reader.nodeAt(match.index);
    if (declaration?.type !== 'import_declaration' || found.has(declaration.startIndex)) continue;
    found.set(
      declaration.startIndex,
      specsOf(declaration).flatMap((spec) => specOf(spec, reader)),
    );
  }
  return [...found.values()].flat();
}

function specOf(node: SyntaxNode, reader: Reader): ImportSpec[] {
  const path = node.childForFieldName('path');
  if (!path) return [];
  const { value, contentRange } = literalParts(path, reader.text);
  const alias = node.childForFieldName('name');
  const last = value.replace(/\/v\d+$/, '').lastIndexOf('/') + 1;
  return [
    {
      node,
      module: value,
      ...(alias && { alias }),
      lastPart: { start: Math.min(contentRange.start + last, contentRange.end), end: contentRange.end },
    },
  ];
}

/** Imports in source order. An import for its side effects alone (`_`) has no name here. */
export function readImports(reader: Reader): Import[] {
  return importSpecs(reader).map(({ node, module, alias, lastPart }): Import => {
    const base = { module, imported: '*', range: rangeOf(node), typeOnly: false };
    if (alias && alias.type !== 'package_identifier') return base;
    const local = alias?.text ?? packageNames(module)[0]!;
    return withBinding({ ...base, local }, alias ? rangeOf(alias) : lastPart, reader);
  });
}

/**
 * Names that a package of this path may have: its own clause says which, by custom the last part of the path without a
 * version, and without the `go-` that many repositories begin with.
 */
export function packageNames(path: string): readonly string[] {
  const last = path
    .replace(/\/v\d+$/, '')
    .split('/')
    .at(-1)!
    .replace(/\.v\d+$/, '');
  const plain = last.replace(/^go-|[-.]go$/g, '');
  return [...new Set([last, plain].map((name) => name.replaceAll(/[^\p{L}\p{N}_]/gu, '')))];
}

/** What an import declares without writing the name: `import "net/http"` binds `http`, and `import . "fmt"` what nobody else does. */
export function importedName(name: string, reader: Reader): DeclaredName | undefined {
  const specs = importSpecs(reader);
  const scope = reader.tree.rootNode;
  const spec = specs.find(({ alias, module }) => !alias && packageNames(module).includes(name));
  if (spec) return { scope, binding: bound(name, spec, reader) };
  const dots = specs.filter(({ alias }) => alias?.type === 'dot');
  const [only] = dots;
  // Only a name that begins with a capital letter can come from another package.
  if (dots.length !== 1 || !only || !/^\p{Lu}/u.test(name)) return undefined;
  return {
    scope,
    binding: {
      ...plain(name, only),
      import: { module: only.module, imported: name, local: name, range: rangeOf(only.node), typeOnly: false },
    },
  };
}

/** The alias of an import as a declared name. */
export function aliasName(node: SyntaxNode, reader: Reader): DeclaredName | undefined {
  const spec = importSpecs(reader).find(({ alias }) => alias?.id === node.id);
  return spec && { scope: reader.tree.rootNode, binding: bound(node.text, spec, reader) };
}

function plain(name: string, { lastPart, alias }: ImportSpec) {
  return { name, kind: 'import' as const, nameRange: alias ? rangeOf(alias) : lastPart, path: [] };
}

function bound(name: string, spec: ImportSpec, reader: Reader): DeclaredName['binding'] {
  return withImport(plain(name, spec), () => importAt(spec.node.startIndex, reader));
}

/** Names of the package block: every file of the folder sees them, other packages those that begin with a capital letter. */
export function readExports(reader: Reader): Map<string, Expression> {
  const root = reader.tree.rootNode;
  const found = new Map<string, Expression>();
  const end = { start: reader.text.length, end: reader.text.length };
  const byName = (name: string) => found.set(name, reader.made(root, end, { kind: 'identifier', name }) as Expression);
  for (const node of named(root)) {
    switch (node.type) {
      case 'function_declaration':
        if (node.childForFieldName('name'))
          found.set(node.childForFieldName('name')!.text, reader.expression(node, node));
        break;
      case 'const_declaration':
      case 'var_declaration':
      case 'type_declaration':
        for (const spec of specsOf(node)) for (const name of namedFields(spec, 'name')) byName(name.text);
        break;
      default:
        break;
    }
  }
  found.delete('_');
  return found;
}
