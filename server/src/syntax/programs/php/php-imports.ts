/** What a PHP file has from others: classes that it `use`s, files that it requires; and what others see of it. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { DeclaredName } from '../language-adapter.ts';
import type { Call, Expression, Import } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { plainName, types } from './php-names.ts';
import { named } from '../named-children.ts';
import { importOf, nameOfImport } from '../imported-names.ts';

/** One name that a `use` binds. */
interface UseClause {
  readonly node: SyntaxNode;
  /** All of it, `Tuupola\Middleware\CorsMiddleware`. */
  readonly module: string;
  /** Where the name stands by which the file knows it. */
  readonly name: SyntaxNode;
}

const clausesOfReader = new WeakMap<Reader, readonly UseClause[]>();

function useClauses(reader: Reader): readonly UseClause[] {
  let clauses = clausesOfReader.get(reader);
  if (!clauses) clausesOfReader.set(reader, (clauses = readClauses(reader)));
  return clauses;
}

function readClauses(reader: Reader): UseClause[] {
  return [...reader.text.matchAll(/(^|[;\n{}])[ \t]*use[ \t]+(?=[\\\w])/gi)].flatMap(({ 0: found, index }) => {
    const node = reader.nodeAt(index + found.trimEnd().length - 1);
    if (node?.type !== 'namespace_use_declaration') return [];
    const group = node.childForFieldName('body');
    const prefix = group ? `${plainName(named(node)[0]!)}\\` : '';
    return named(group ?? node)
      .filter(({ type }) => type === 'namespace_use_clause')
      .flatMap((clause) => clauseOf(clause, prefix));
  });
}

function clauseOf(node: SyntaxNode, prefix: string): UseClause[] {
  const alias = node.childForFieldName('alias');
  const path = named(node).find(
    ({ type, id }) => /^(qualified_name|namespace_name|name)$/.test(type) && id !== alias?.id,
  );
  const last = path && (path.type === 'name' ? path : named(path).at(-1));
  return last ? [{ node, module: prefix + plainName(path), name: alias ?? last }] : [];
}

const lastPart = (module: string): string => module.slice(module.lastIndexOf('\\') + 1);

/** Imports in source order. */
export function readImports(reader: Reader): Import[] {
  const used = useClauses(reader).map(({ node, module, name }) =>
    importOf({ module, imported: lastPart(module), name, range: rangeOf(node) }, reader),
  );
  return [...used, ...requiredFiles(reader)].sort((one, other) => one.range.start - other.range.start);
}

/** The name that a `use` binds, as a declared one. */
export function importedName(node: SyntaxNode, reader: Reader): DeclaredName | undefined {
  const clause = useClauses(reader).find(({ name }) => name.id === node.id);
  return clause && nameOfImport(node.text, rangeOf(clause.name), clause.node.startIndex, reader);
}

/** `\Foo\Bar` in place is imported there; `Cors\Service` begins with a name that the file knows. */
export function unwrittenName(name: string, reader: Reader): DeclaredName | undefined {
  if (!name.includes('\\')) return undefined;
  const scope = reader.tree.rootNode;
  const range = { start: 0, end: 0 };
  const first = name.slice(0, name.indexOf('\\'));
  const known = useClauses(reader).find(({ name: local }) => local.text === first);
  const module = known ? known.module + name.slice(first.length) : name;
  const imported: Import = { module, imported: lastPart(module), local: name, range, typeOnly: false };
  return { scope, binding: { name, kind: 'import', nameRange: range, path: [], import: imported } };
}

const inclusions = /^(require|include)(_once)?_expression$/;

/** Files whose names become names of this one: `require_once __DIR__ . '/config.php'`. */
function requiredFiles(reader: Reader): Import[] {
  return [...reader.text.matchAll(/\b(?:require|include)(?:_once)?\b/gi)].flatMap(({ index }): Import[] => {
    const node = reader.nodeAt(index);
    const call = node && inclusions.test(node.type) ? reader.lower(node) : undefined;
    const module = call?.kind === 'call' ? requiredPath(call) : undefined;
    if (module === undefined) return [];
    return [{ module, imported: '*', range: rangeOf(node!), typeOnly: false, everything: true, call: call as Call }];
  });
}

/** The path of a file that is required, seen from the folder of this one; undefined where it is put together otherwise. */
export function requiredPath(call: Call): string | undefined {
  const written = call.arguments[0]?.value.text ?? '';
  const [, folder = '', levels, path] =
    /^(?:(__DIR__|dirname\(\s*__(?:FILE|DIR)__\s*(?:,\s*(\d)\s*)?\))\s*\.\s*)?["']([^"'$]+)["']$/.exec(written) ?? [];
  if (path === undefined) return undefined;
  const up =
    folder.includes('__DIR__') && folder !== '__DIR__' ? Number(levels ?? 1) : Math.max(0, Number(levels ?? 1) - 1);
  const isFromHere = folder !== '' || !path.startsWith('/');
  return isFromHere
    ? `${'../'.repeat(folder === '__DIR__' || folder === '' ? 0 : up)}${path.replace(/^\/+/, '')}`
    : undefined;
}

/** Top-level names, and under `return` what the file gives to who requires it. */
export function readExports(reader: Reader): Map<string, Expression> {
  const root = reader.tree.rootNode;
  const found = new Map<string, Expression>();
  const end = { start: reader.text.length, end: reader.text.length };
  const byName = (name: string) => found.set(name, reader.made(root, end, { kind: 'identifier', name }) as Expression);
  const top = named(root).flatMap((node) =>
    node.type === 'namespace_definition' ? named(node.childForFieldName('body')) : [node],
  );
  for (const node of top) {
    const [inner] = named(node);
    if (node.type === 'function_definition' || types.has(node.type)) {
      const name = node.childForFieldName('name');
      if (name) found.set(name.text, reader.expression(node, node));
    } else if (node.type === 'const_declaration')
      for (const element of named(node)) byName(named(element)[0]?.text ?? '');
    else if (node.type === 'return_statement' && inner) found.set('return', reader.expression(inner, node));
    else if (node.type === 'expression_statement' && inner) {
      const left = inner.type === 'assignment_expression' ? inner.childForFieldName('left') : null;
      if (left?.type === 'variable_name') byName(left.text);
      const constant = /^\\?define\s*\(\s*(["'])(\w+)\1/i.exec(inner.text)?.[2];
      if (constant !== undefined) byName(constant);
    }
  }
  return found;
}
