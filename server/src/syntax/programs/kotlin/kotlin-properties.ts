/** What a property of Kotlin is made of, and the names of declarations. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import { named } from '../named-children.ts';
import { statementsOfLambda } from './kotlin-positions.ts';

export interface Variable {
  readonly name: SyntaxNode;
  readonly type: SyntaxNode | undefined;
}

/** `name: Type`, as properties, parameters and loops have it. */
export function nameAndType(node: SyntaxNode): Variable | undefined {
  const inside = named(node).filter(({ type }) => type !== 'modifiers' && type !== 'parameter_modifiers');
  const [name, type] = inside;
  return name?.type === 'identifier' ? { name, type: type && isType(type) ? type : undefined } : undefined;
}

export function isType({ type }: SyntaxNode): boolean {
  return /_type$/.test(type);
}

/** The only variable of a property; undefined for `val (a, b) = pair`. */
export function variableOf(property: SyntaxNode): Variable | undefined {
  const variable = named(property).find(({ type }) => type === 'variable_declaration');
  return variable && nameAndType(variable);
}

export function nameOfDeclaration(node: SyntaxNode): SyntaxNode | undefined {
  return node.childForFieldName('name') ?? undefined;
}

/** What stands behind the `=` of a property, a parameter or a function. */
export function behindSign(node: SyntaxNode): SyntaxNode | undefined {
  const at = node.children.findIndex((child) => child?.type === '=');
  return at < 0
    ? undefined
    : (node.children.slice(at + 1).find((child) => child?.isNamed && !child.type.endsWith('comment')) ?? undefined);
}

/** What a property holds: its value, what its getter gives, or what is made at its first use. */
export function valueOfProperty(property: SyntaxNode): SyntaxNode | undefined {
  const value = behindSign(property);
  if (value) return value;
  for (const child of named(property)) {
    if (child.type === 'getter') return gotten(child);
    if (child.type === 'property_delegate') return delegated(named(child)[0]);
  }
  return undefined;
}

/** `get() = value`, and a getter that does nothing but return it. */
function gotten(getter: SyntaxNode): SyntaxNode | undefined {
  const [inside] = named(named(getter).find(({ type }) => type === 'function_body'));
  if (inside?.type !== 'block') return inside;
  const [only, other] = named(inside);
  return only?.type === 'return_expression' && !other ? named(only)[0] : undefined;
}

/** `by lazy { value }`. */
function delegated(call: SyntaxNode | undefined): SyntaxNode | undefined {
  if (call?.type !== 'call_expression' || !/^lazy\b/.test(named(call)[0]?.text ?? '')) return undefined;
  const lambda = named(named(call).find(({ type }) => type === 'annotated_lambda')).at(-1);
  const [only, other] = lambda ? statementsOfLambda(lambda) : [];
  return other ? undefined : only;
}

/** `val` of a property or of a parameter of a class, and not `var`. */
export function isVal(node: SyntaxNode): boolean {
  return !node.children.some((child) => child?.type === 'var');
}
