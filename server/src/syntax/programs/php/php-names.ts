/** Names of PHP: which occurrence is a use of one, and what it is called. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import { named } from '../named-children.ts';

/** What has parameters and a body of its own. */
export const functions = new Set(['function_definition', 'method_declaration', 'anonymous_function', 'arrow_function']);
/** Classes and their kin. */
export const types = new Set(['class_declaration', 'interface_declaration', 'trait_declaration', 'enum_declaration']);

/** `$name`, which is a node of its own, with the sign: a constant of the same name is something else. */
export function variableName(node: SyntaxNode): string | undefined {
  if (node.type === 'variable_name') return node.text;
  const [inner] = node.type === 'dynamic_variable_name' ? named(node) : [];
  return inner?.type === 'name' ? `$${inner.text}` : undefined;
}

/** A class's, function's or constant's name as it is written, without the sign of the global namespace before it. */
export function plainName(node: SyntaxNode): string {
  return node.text.replaceAll(/\s+/g, '').replace(/^\\/, '');
}

/** Whether a bare word is a use of a constant, a function or a class. */
export function isUse(node: SyntaxNode): boolean {
  const { parent } = node;
  if (!parent) return false;
  const isField = (field: string): boolean => parent.childForFieldName(field)?.id === node.id;
  switch (parent.type) {
    case 'variable_name':
    case 'dynamic_variable_name':
    case 'namespace_name':
    case 'qualified_name':
    case 'namespace_use_clause':
    case 'namespace_definition':
    case 'named_label_statement':
    case 'goto_statement':
    case 'const_element':
    case 'use_declaration':
      return parent.type === 'const_element' && named(parent)[0]?.id !== node.id;
    case 'member_access_expression':
    case 'nullsafe_member_access_expression':
    case 'member_call_expression':
    case 'nullsafe_member_call_expression':
    case 'scoped_call_expression':
    case 'argument':
    case 'function_definition':
    case 'method_declaration':
    case 'enum_case':
      return !isField('name');
    case 'class_constant_access_expression':
      return named(parent)[0]?.id === node.id;
    default:
      return !types.has(parent.type) || !isField('name');
  }
}
