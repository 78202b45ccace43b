/** What a JavaScript file imports and exports, as ES modules and as CommonJS. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Call, Expression, Import, PassedOn } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { named } from '../named-children.ts';
import { withBinding } from '../imported-names.ts';
import { cooked, unquoted } from './javascript-text.ts';

/** Imports, `require` and `import()` calls, in source order. */
export function readImports(reader: Reader): Import[] {
  const found = new Map<number, Import[]>();
  for (const match of reader.text.matchAll(/\b(?:import|require)\b/g)) {
    const node = reader.nodeAt(match.index);
    const statement = node && climb(node, 'import_statement');
    if (statement && statement.startIndex <= match.index && !found.has(statement.startIndex)) {
      found.set(statement.startIndex, importStatement(statement, reader));
      continue;
    }
    const call =
      node?.parent?.type === 'call_expression' && node.parent.childForFieldName('function')?.id === node.id
        ? node.parent
        : undefined;
    if (call && !found.has(call.startIndex)) found.set(call.startIndex, requireCall(call, reader));
  }
  return [...found.values()].flat();
}

function climb(node: SyntaxNode, type: string): SyntaxNode | undefined {
  for (let current: SyntaxNode | null = node; current; current = current.parent)
    if (current.type === type) return current;
  return undefined;
}

function importStatement(statement: SyntaxNode, reader: Reader): Import[] {
  const clause = named(statement).find(
    (child) => child.type === 'import_clause' || child.type === 'import_require_clause',
  );
  const source = statement.childForFieldName('source') ?? clause?.childForFieldName('source') ?? null;
  if (!source || !clause) return [];
  const base = {
    module: packagePath(cooked(unquoted(source.text))),
    range: rangeOf(statement),
    typeOnly: /^import\s+type\b(?!\s*(,|from\b))/.test(reader.text.slice(statement.startIndex, statement.endIndex)),
  };
  const local = (node: SyntaxNode, imported: string, typeOnly = base.typeOnly): Import =>
    withBinding({ ...base, typeOnly, imported, local: node.text }, rangeOf(node), reader);
  if (clause.type === 'import_require_clause')
    return named(clause)
      .filter((child) => child.type === 'identifier')
      .map((child) => local(child, '*'));
  return named(clause).flatMap((child): Import[] => {
    if (child.type === 'identifier') return [local(child, 'default')];
    if (child.type === 'namespace_import') return named(child).map((name) => local(name, '*'));
    return named(child)
      .filter((specifier) => specifier.type === 'import_specifier')
      .flatMap((specifier) => {
        const name = specifier.childForFieldName('name');
        const alias = specifier.childForFieldName('alias') ?? name;
        return name && alias
          ? [
              local(
                alias,
                cooked(name.type === 'string' ? unquoted(name.text) : name.text),
                base.typeOnly || /^type\s/.test(specifier.text),
              ),
            ]
          : [];
      });
  });
}

function requireCall(call: SyntaxNode, reader: Reader): Import[] {
  const [argument, second] = named(call.childForFieldName('arguments') ?? call);
  if (!argument || second || (argument.type !== 'string' && argument.type !== 'template_string')) return [];
  const lowered = reader.expression(call, call);
  const base = {
    module: packagePath(cooked(unquoted(argument.text))),
    typeOnly: false,
    ...(lowered.kind === 'call' && { call: lowered as Call }),
  };
  // Wrappers and `.default` between the call and the name that it is given.
  let imported = '*';
  let value = call;
  for (let parent = value.parent; parent; parent = value.parent) {
    if (parent.type === 'member_expression' && parent.childForFieldName('object')?.id === value.id) {
      if (imported !== '*') break;
      imported = parent.childForFieldName('property')?.text ?? '*';
    } else if (
      !isInterop(parent) &&
      !/^(parenthesized_expression|await_expression|as_expression|non_null_expression|satisfies_expression)$/.test(
        parent.type,
      )
    )
      break;
    value = parent;
  }
  const declarator = value.parent;
  const name =
    declarator?.type === 'variable_declarator' && declarator.childForFieldName('value')?.id === value.id
      ? declarator.childForFieldName('name')
      : null;
  if (!declarator || !name) return [{ ...base, imported: '*', range: rangeOf(call) }];
  const range = rangeOf(declarator);
  if (name.type === 'identifier')
    return [withBinding({ ...base, imported, local: name.text, range }, rangeOf(name), reader)];
  return named(name).flatMap((part) => {
    const target =
      part.type === 'pair_pattern'
        ? part.childForFieldName('value')
        : part.type === 'object_assignment_pattern'
          ? part.childForFieldName('left')
          : part;
    const key = part.type === 'pair_pattern' ? part.childForFieldName('key')?.text : target?.text;
    return target && key !== undefined && /identifier/.test(target.type)
      ? [withBinding({ ...base, imported: key, local: target.text, range }, rangeOf(target), reader)]
      : [];
  });
}

/** `__importDefault(require('cors'))`, as compilers write an `import` of a CommonJS module: the module is its argument. */
function isInterop(node: SyntaxNode): boolean {
  const call = node.type === 'arguments' ? node.parent : node;
  const callee = call?.type === 'call_expression' ? call.childForFieldName('function')?.text : undefined;
  return (
    callee !== undefined && /(^|\.)(__import(Default|Star)|_interopRequire(Default|Wildcard)|__toESM)$/.test(callee)
  );
}

/** Exported names; `module.exports = value` is under `module.exports`. */
export function readExports(reader: Reader): Map<string, Expression> {
  const found = new Map<string, Expression>();
  for (const match of reader.text.matchAll(/\bexports?\b/g)) {
    const node = reader.nodeAt(match.index);
    if (!node) continue;
    const statement = climb(node, 'export_statement');
    if (statement && statement.startIndex === match.index) exportStatement(statement, reader, found);
    else commonJsExport(node, reader, found);
  }
  return found;
}

function exportStatement(statement: SyntaxNode, reader: Reader, found: Map<string, Expression>): void {
  const isDefault = /^export\s+default\b/.test(reader.text.slice(statement.startIndex, statement.startIndex + 40));
  const value = statement.childForFieldName('value');
  const declaration = statement.childForFieldName('declaration');
  if (value) found.set('default', reader.expression(value, statement));
  if (declaration && isDefault) found.set('default', reader.expression(declaration, statement));
  else if (declaration) {
    const declarators = /^(lexical|variable)_declaration$/.test(declaration.type) ? named(declaration) : [declaration];
    for (const declarator of declarators) {
      const name = declarator.childForFieldName('name');
      const initial = declarator.type === 'variable_declarator' ? declarator.childForFieldName('value') : declarator;
      if (name && initial) found.set(name.text, reader.expression(initial, declarator));
    }
  }
  if (statement.childForFieldName('source')) return;
  for (const clause of named(statement).filter((child) => child.type === 'export_clause')) {
    for (const specifier of named(clause)) {
      const name = specifier.childForFieldName('name');
      if (name) found.set((specifier.childForFieldName('alias') ?? name).text, reader.expression(name, specifier));
    }
  }
}

/** `export { options } from './options'`, `export * from './options'`, `export * as cors from './cors'`. */
export function readPassedOn(reader: Reader): PassedOn[] {
  return [...reader.text.matchAll(/\bexport\b(?=\s*[{*])/g)].flatMap(({ index }) => {
    const node = reader.nodeAt(index);
    const statement = node && climb(node, 'export_statement');
    const source = statement?.startIndex === index ? statement.childForFieldName('source') : undefined;
    return statement && source ? passedOnBy(statement, packagePath(cooked(unquoted(source.text)))) : [];
  });
}

function passedOnBy(statement: SyntaxNode, module: string): PassedOn[] {
  const [first] = named(statement);
  if (first?.type === 'namespace_export') return [{ module, imported: '*', name: named(first)[0]?.text ?? '' }];
  if (first?.type !== 'export_clause') return [{ module, imported: '*' }];
  return named(first).flatMap((specifier): PassedOn[] => {
    const name = specifier.childForFieldName('name')?.text;
    return name === undefined
      ? []
      : [{ module, imported: name, name: specifier.childForFieldName('alias')?.text ?? name }];
  });
}

/** `module.exports = …`, `exports.name = …`, `module.exports.name = …`. */
function commonJsExport(node: SyntaxNode, reader: Reader, found: Map<string, Expression>): void {
  let target = node;
  if (
    node.type === 'property_identifier' &&
    node.parent?.type === 'member_expression' &&
    node.parent.childForFieldName('object')?.text === 'module'
  )
    target = node.parent;
  else if (node.type !== 'identifier' || node.text !== 'exports') return;
  let name = 'module.exports';
  if (target.parent?.type === 'member_expression' && target.parent.childForFieldName('object')?.id === target.id) {
    name = target.parent.childForFieldName('property')?.text ?? name;
    target = target.parent;
  } else if (target === node) return;
  const assignment = target.parent;
  const value =
    assignment?.type === 'assignment_expression' && assignment.childForFieldName('left')?.id === target.id
      ? assignment.childForFieldName('right')
      : null;
  if (!assignment || !value) return;
  const lowered = reader.expression(value, assignment);
  found.set(name, lowered);
  if (name === 'module.exports' && lowered.kind === 'object') {
    for (const entry of lowered.entries)
      if (entry.key !== undefined && !entry.spread) found.set(entry.key, entry.value);
  }
}

/** Registries whose addresses are the package's own path behind them. */
const registry =
  /^(?:npm:\/?|jsr:\/?|https?:\/\/(?:esm\.sh|jsr\.io|unpkg\.com|esm\.run|cdn\.skypack\.dev|cdn\.jsdelivr\.net\/npm)\/)/;

/** `npm:hono@4/cors`, `https://esm.sh/hono@4.9.6/cors`: the path that Node would import, `hono/cors`. */
function packagePath(specifier: string): string {
  if (/^https?:\/\/deno\.land\/x\//.test(specifier)) return specifier.replace(/(\/x\/[^/@]+)@[^/]+/, '$1');
  if (!registry.test(specifier)) return specifier;
  const path = specifier
    .replace(registry, '')
    .replace(/^(?:v\d+|stable)\//, '')
    .replace(/\?.*$/, '');
  return path.replace(/^((?:@[^/@]+\/)?[^/@]+)@[^/]+/, '$1');
}
