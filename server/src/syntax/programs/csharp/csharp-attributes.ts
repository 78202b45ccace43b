/** Attributes and modifiers of declarations. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Argument, Expression, Node } from '../program.ts';
import type { Lowerings } from '../lowering.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { behind, named } from './csharp-text.ts';

/** `[EnableCors("x"), Route("y")]` in front of a declaration: a call where it has arguments, a name where it has none. */
export function attributesOf(node: SyntaxNode, reader: Reader): Expression[] {
  return named(node)
    .filter(({ type }) => type === 'attribute_list')
    .flatMap((list) => named(list).filter(({ type }) => type === 'attribute'))
    .map((attribute) => reader.expression(attribute, node));
}

export function hasModifier(node: SyntaxNode, name: string): boolean {
  return named(node).some(({ type, text }) => type === 'modifier' && text === name);
}

/** An attribute without arguments stands for its name. */
export function attributeName(node: SyntaxNode): SyntaxNode | undefined {
  const hasArguments = named(node).some(({ type }) => type === 'attribute_argument_list');
  return hasArguments ? undefined : (node.childForFieldName('name') ?? undefined);
}

export const attributeLowerings: Lowerings = {
  attribute: lowerAttribute,
};

/** What is set by name is a keyword argument: `origins: "*"` and `SupportsCredentials = true`. */
function lowerAttribute(node: SyntaxNode, reader: Reader): Node {
  const list = named(node).find(({ type }) => type === 'attribute_argument_list');
  return reader.lazy(
    node,
    { kind: 'call', isNew: false, argumentsRange: rangeOf(list ?? node) },
    {
      callee: () => reader.expression(node.childForFieldName('name'), node),
      arguments: () => named(list).map((child) => argumentOf(child, reader)),
    },
  );
}

function argumentOf(node: SyntaxNode, reader: Reader): Argument {
  const [first, second] = named(node);
  const assignment = first?.type === 'assignment_expression' ? first : undefined;
  const key = assignment ? assignment.childForFieldName('left') : second ? first : undefined;
  const value = assignment ? assignment.childForFieldName('right') : (behind(node, ':') ?? second ?? first);
  return {
    value: reader.expression(value, node),
    ...(key && { name: key.text, nameRange: rangeOf(key) }),
    spread: false,
    range: rangeOf(node),
  };
}
