/** Where a node of a Scala tree stands: everything is an expression there, and what ends a function is its result. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import { keptByNode } from '../kept-by-node.ts';
import type { OfNode } from '../kept-by-node.ts';
import { named } from '../named-children.ts';

/** Statements between braces, or with the same indentation. */
export const blocks = new Set(['block', 'indented_block']);
const members = new Set(['compilation_unit', 'template_body', 'enum_body', 'with_template_body']);
const bodied = new Set(['while_expression', 'do_while_expression', 'for_expression']);

/** What is handed to a call in braces, or behind a colon, and is no function by itself. */
export function isBlockArgument(node: SyntaxNode): boolean {
  const isBlock = blocks.has(node.type) || node.type === 'colon_argument';
  return (
    isBlock && node.parent?.type === 'call_expression' && node.parent.childForFieldName('arguments')?.id === node.id
  );
}

/** The body of a lambda; several statements stand in it without braces. */
export function bodyOfLambda(lambda: SyntaxNode): SyntaxNode[] {
  const parameters = lambda.childForFieldName('parameters');
  return named(lambda).filter(({ id }) => id !== parameters?.id);
}

/** Whether the block is one of statements, and not a value of which only the last expression counts. */
export function isBlock(block: SyntaxNode): boolean {
  if (!blocks.has(block.type)) return false;
  const { parent } = block;
  if (!parent || isBlockArgument(block)) return true;
  if (/^function_d/.test(parent.type) || parent.type === 'colon_argument') return true;
  if (parent.type === 'lambda_expression') return bodyOfLambda(parent).length === 1;
  return isStatement(block);
}

/** Whether the node stands where other languages have a statement. */
export const isStatement: OfNode<boolean> = keptByNode((node) => {
  const { parent, id } = node;
  if (!parent) return false;
  if (members.has(parent.type)) return true;
  if (blocks.has(parent.type)) return isBlock(parent);
  switch (parent.type) {
    case 'if_expression':
      return parent.childForFieldName('condition')?.id !== id && isStatement(parent);
    case 'case_clause':
      return bodyOfCase(parent).some((child) => child.id === id) && isStatement(parent.parent!.parent!);
    case 'try_expression':
      return isStatement(parent);
    case 'finally_clause':
      return isStatement(parent.parent!);
    case 'lambda_expression':
      return bodyOfLambda(parent).length > 1 && parent.childForFieldName('parameters')?.id !== id;
    default:
      return bodied.has(parent.type) && parent.childForFieldName('body')?.id === id;
  }
});

/** Whether the value of the statement is what the function around it gives. */
export const isResult: OfNode<boolean> = keptByNode((node) => {
  const { parent } = node;
  if (!parent || !isStatement(node)) return false;
  if (parent.type === 'if_expression' || parent.type === 'try_expression') return isResult(parent);
  if (parent.type === 'case_clause')
    return bodyOfCase(parent).at(-1)?.id === node.id && isResult(parent.parent!.parent!);
  if (parent.type === 'lambda_expression') return bodyOfLambda(parent).at(-1)?.id === node.id;
  if (!blocks.has(parent.type) || named(parent).at(-1)?.id !== node.id) return false;
  const owner = parent.parent!;
  if (/^function_d/.test(owner.type)) return owner.childForFieldName('return_type')?.text !== 'Unit';
  if (isBlockArgument(parent) || owner.type === 'colon_argument' || owner.type === 'lambda_expression') return true;
  return isStatement(parent) && isResult(parent);
});

export function bodyOfCase(clause: SyntaxNode): SyntaxNode[] {
  return clause
    .childrenForFieldName('body')
    .filter((child): child is SyntaxNode => child !== null && child.isNamed && !child.type.endsWith('comment'));
}

/** What runs between one expression that holds `_` and the function that this makes of it. */
const carriers = new Set([
  'field_expression',
  'infix_expression',
  'prefix_expression',
  'call_expression',
  'generic_function',
]);

/** The expression that a `_` in it makes a function; undefined where it is a pattern, a type or a default. */
export function functionOfWildcard(wildcard: SyntaxNode): SyntaxNode | undefined {
  let current = wildcard;
  let found: SyntaxNode | undefined;
  for (;;) {
    const { parent } = current;
    if (!parent) return undefined;
    if (parent.type === 'arguments') {
      // `f(_)` is a function, and so is `f(_.a)` given one.
      if (found) return found;
      current = parent.parent!;
      found = current;
    } else if (carriers.has(parent.type)) {
      current = parent;
      found = current;
    } else return found;
  }
}

/** Whether the expression is a function by a `_` in it. */
export function hasWildcard(node: SyntaxNode): boolean {
  if (!carriers.has(node.type) || carriers.has(node.parent?.type ?? '')) return false;
  return functionsByWildcard(node.tree.rootNode).has(node.id);
}

/** All such expressions of a file: asking each expression for what is in it would go through the inner ones again and again. */
const functionsByWildcard = keptByNode(
  (root): ReadonlySet<number> =>
    new Set(
      root.descendantsOfType('wildcard').flatMap((wildcard) => (wildcard && functionOfWildcard(wildcard)?.id) ?? []),
    ),
);
