/** Where a node of a Rust tree stands: nearly everything is an expression there, and what a block ends with is its value. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import { keptByNode } from '../kept-by-node.ts';
import type { OfNode } from '../kept-by-node.ts';
import { named } from '../named-children.ts';

/** Expressions whose parts are blocks: as statements they are what other languages have. */
const choices = new Set(['if_expression', 'match_expression']);
const loops = new Set(['for_expression', 'while_expression', 'loop_expression']);
export const functions = new Set(['function_item', 'closure_expression']);

export const isField = (holder: SyntaxNode | null, field: string, { id }: SyntaxNode): boolean =>
  holder?.childForFieldName(field)?.id === id;

/** Whether the node stands where other languages have a statement. */
export const isStatement: OfNode<boolean> = keptByNode((node) => {
  const { parent } = node;
  switch (parent?.type) {
    case 'block':
    case 'expression_statement':
    case 'source_file':
      return true;
    case 'else_clause':
      return parent.parent !== null && isStatement(parent.parent);
    case 'match_arm':
      return isField(parent, 'value', node) && isStatementOfArms(parent);
    default:
      return false;
  }
});

/** The arms of a `match` that stands as a statement. */
export function isStatementOfArms(arm: SyntaxNode): boolean {
  const choice = arm.parent?.parent;
  return choice !== null && choice !== undefined && isStatement(choice);
}

/** Whether what stands there as a statement gives the value of the function or block around it. */
export const isResult: OfNode<boolean> = keptByNode((node) => {
  const holder = node.parent?.type === 'expression_statement' ? node.parent : node;
  const { parent } = holder;
  switch (parent?.type) {
    case 'block':
      return isLast(holder, parent) && givesResult(parent);
    case 'else_clause':
      return parent.parent !== null && isResult(parent.parent);
    case 'match_arm': {
      const choice = parent.parent?.parent;
      return choice !== null && choice !== undefined && isResult(choice);
    }
    default:
      return false;
  }
});

function isLast(node: SyntaxNode, block: SyntaxNode): boolean {
  return named(block).at(-1)?.id === node.id && !/;\s*$/.test(node.text);
}

/** Whether the last expression of the block is the result of the function or of the block as a value. */
function givesResult(block: SyntaxNode): boolean {
  const { parent } = block;
  if (!parent) return false;
  if (parent.type === 'function_item') return parent.childForFieldName('return_type') !== null;
  if (loops.has(parent.type) || isField(parent, 'alternative', block)) return parent.type === 'if_expression';
  if (parent.type === 'if_expression' || parent.type === 'unsafe_block')
    return isStatement(parent) ? isResult(parent) : true;
  if (parent.type === 'else_clause') {
    const choice = parent.parent;
    return choice !== null && (isStatement(choice) ? isResult(choice) : true);
  }
  if (parent.type === 'match_arm' || parent.type === 'block' || parent.type === 'expression_statement')
    return isStatement(block) ? isResult(block) : true;
  return true;
}

const holders = new Set([
  'function_item',
  'closure_expression',
  'else_clause',
  'unsafe_block',
  'async_block',
  'const_block',
  'block',
  'expression_statement',
]);

/** Whether the block stands where a value is asked for, and no part of the program's flow does. */
export function isValueBlock(block: SyntaxNode): boolean {
  const { parent } = block;
  if (!parent || loops.has(parent.type)) return false;
  if (parent.type === 'else_clause') return parent.parent !== null && !isStatement(parent.parent);
  if (parent.type === 'if_expression') return !isStatement(parent);
  if (parent.type === 'match_arm') return !isStatementOfArms(parent);
  if (parent.type === 'unsafe_block' || parent.type === 'async_block') return !isStatement(parent);
  if (parent.type === 'let_declaration') return isField(parent, 'value', block);
  return !holders.has(parent.type);
}

/** The only expression of a block. */
export function onlyExpression(block: SyntaxNode): SyntaxNode | undefined {
  const [only, other] = named(block);
  if (!only || other || /_item$|_declaration$/.test(only.type)) return undefined;
  if (only.type !== 'expression_statement') return only;
  const [inside] = named(only);
  return inside && choices.has(inside.type) && !only.text.endsWith(';') ? inside : undefined;
}
