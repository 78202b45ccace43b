/** What a Python file imports, and the names of its top level that others can import. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Expression, Import } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { named } from '../named-children.ts';
import { withBinding } from '../imported-names.ts';

/** `import` and `from … import`, in source order. */
export function readImports(reader: Reader): Import[] {
  const found = new Map<number, Import[]>();
  for (const match of reader.text.matchAll(/\b(?:import|from)\b/g)) {
    let node: SyntaxNode | null = reader.nodeAt(match.index) ?? null;
    while (node && !/^(import|import_from)_statement$/.test(node.type))
      node = /^(relative_import|import_prefix|dotted_name|identifier|aliased_import)$/.test(node.type)
        ? node.parent
        : null;
    if (node && !found.has(node.startIndex))
      found.set(
        node.startIndex,
        node.type === 'import_statement' ? plainImport(node, reader) : fromImport(node, reader),
      );
  }
  return [...found.values()].flat();
}

/** `import a.b` binds `a`; the module `a.b` is listed too, without a name of its own. */
function plainImport(statement: SyntaxNode, reader: Reader): Import[] {
  const base = { imported: '*', typeOnly: false, range: rangeOf(statement) };
  return named(statement).flatMap((child): Import[] => {
    if (child.type === 'aliased_import') {
      const [name, alias] = [child.childForFieldName('name'), child.childForFieldName('alias')];
      return name && alias
        ? [withBinding({ ...base, module: moduleName(name), local: alias.text }, rangeOf(alias), reader)]
        : [];
    }
    const first = child.firstNamedChild;
    if (child.type !== 'dotted_name' || !first) return [];
    const whole = { ...base, module: moduleName(child) };
    const local = withBinding({ ...base, module: first.text, local: first.text }, rangeOf(first), reader);
    return whole.module === first.text ? [local] : [local, whole];
  });
}

function fromImport(statement: SyntaxNode, reader: Reader): Import[] {
  const from = statement.childForFieldName('module_name');
  if (!from) return [];
  const base = { module: moduleName(from), typeOnly: false, range: rangeOf(statement) };
  return named(statement)
    .filter((child) => child.id !== from.id)
    .flatMap((child): Import[] => {
      if (child.type === 'wildcard_import') return [{ ...base, imported: '*', everything: true }];
      const name =
        child.type === 'aliased_import' ? child.childForFieldName('name') : child.type === 'dotted_name' ? child : null;
      const local = child.type === 'aliased_import' ? child.childForFieldName('alias') : name;
      return name && local
        ? [withBinding({ ...base, imported: name.text, local: local.text }, rangeOf(local), reader)]
        : [];
    });
}

function moduleName(node: SyntaxNode): string {
  return node.text.replaceAll(/\s/g, '');
}

/** Names of the top level, as they stand at the end of the module. */
export function readExports(reader: Reader): Map<string, Expression> {
  const root = reader.tree.rootNode;
  const found = new Map<string, Expression>();
  const end = { start: reader.text.length, end: reader.text.length };
  const add = (name: string) => {
    if (!found.has(name)) found.set(name, reader.made(root, end, { kind: 'identifier', name }) as Expression);
  };
  for (const { local } of reader.imports) if (local !== undefined && reader.bindingAt(local, end)) add(local);
  const pending = named(root).reverse();
  while (pending.length > 0) {
    const node = pending.pop()!;
    switch (node.type) {
      case 'function_definition':
      case 'class_definition': {
        const name = node.childForFieldName('name');
        if (name) found.set(name.text, reader.expression(node, node));
        break;
      }
      case 'assignment': {
        for (const name of assignedNames(node)) add(name);
        const inner = node.childForFieldName('right');
        if (inner?.type === 'assignment') pending.push(inner);
        break;
      }
      case 'decorated_definition':
      case 'expression_statement':
      case 'if_statement':
      case 'elif_clause':
      case 'else_clause':
      case 'try_statement':
      case 'except_clause':
      case 'finally_clause':
      case 'with_statement':
      case 'block':
        pending.push(...named(node).reverse());
        break;
      default:
        break;
    }
  }
  return found;
}

/** Names that an assignment binds; one that only declares a type binds none. */
function assignedNames(assignment: SyntaxNode): string[] {
  const target = assignment.childForFieldName('left');
  if (!target || !assignment.childForFieldName('right')) return [];
  const targets = /pattern|list/.test(target.type) ? named(target) : [target];
  return targets.filter(({ type }) => type === 'identifier').map(({ text }) => text);
}
