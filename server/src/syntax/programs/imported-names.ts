/**
 * The link between an import and the name that it binds. Either is made without the other: names are found before the list of imports is
 * made, so that each side looks the other one up when somebody follows it.
 */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { SourceRange } from '../range.ts';
import type { DeclaredName } from './language-adapter.ts';
import type { Import } from './program.ts';
import type { Reader } from './reader.ts';
import { rangeOf } from './reader.ts';

/** What one line imports, or one member of its list. */
interface Imported extends Pick<Import, 'module' | 'imported' | 'range' | 'everything'> {
  /** Where the name stands that the import binds. */
  readonly name?: SyntaxNode | undefined;
}

export function importOf({ name, ...imported }: Imported, reader: Reader): Import {
  const base = { ...imported, typeOnly: false };
  return name ? withBinding({ ...base, local: name.text }, rangeOf(name), reader) : base;
}

/** The import, which knows what its local name at this range is bound to. */
export function withBinding(
  imported: Import & { readonly local: string },
  nameRange: SourceRange,
  reader: Reader,
): Import {
  return Object.defineProperty(imported, 'binding', {
    get: () => reader.bindingAt(imported.local, nameRange),
    enumerable: false,
    configurable: true,
  });
}

/** The name, which knows its import. */
export function withImport(binding: DeclaredName['binding'], find: () => Import | undefined): DeclaredName['binding'] {
  return Object.defineProperty(binding, 'import', { get: find, enumerable: true, configurable: true });
}

/** A name that the import which begins at `start` binds for the whole file. */
export function nameOfImport(name: string, nameRange: SourceRange, start: number, reader: Reader): DeclaredName {
  return { scope: reader.tree.rootNode, binding: importBinding(name, nameRange, () => importAt(start, reader)) };
}

export function importBinding(
  name: string,
  nameRange: SourceRange,
  find: () => Import | undefined,
): DeclaredName['binding'] {
  return withImport({ name, kind: 'import', nameRange, path: [] }, find);
}

export function importAt(start: number, reader: Reader): Import | undefined {
  return reader.imports.find(({ range }) => range.start === start);
}

/** The name, which knows the import in whose text it stands. */
export function withImportAround(binding: DeclaredName['binding'], reader: Reader): DeclaredName['binding'] {
  const { name, nameRange } = binding;
  return withImport(binding, () =>
    reader.imports.find(
      ({ local, range }) => local === name && range.start <= nameRange.start && nameRange.end <= range.end,
    ),
  );
}

/** One name that a file imports, or all names of a module. */
export interface ImportLine {
  readonly node: SyntaxNode;
  readonly module: string;
  /** `*` for all names. */
  readonly imported: string;
  /** Where the name stands that the import binds. */
  readonly name?: SyntaxNode;
}

/** The imports of a language whose files name one after the other; `read` is asked once a file. */
export function importsByLine<Line extends ImportLine>(
  read: (reader: Reader) => readonly Line[],
): (reader: Reader) => readonly Line[] {
  const known = new WeakMap<Reader, readonly Line[]>();
  return (reader) => {
    let lines = known.get(reader);
    if (!lines) known.set(reader, (lines = read(reader)));
    return lines;
  };
}
