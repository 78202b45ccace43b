/** One of several results: of `a, b := x, y`, of `a, err := f()`, of `value, ok := table[key]`. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Expression } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';

export interface Result {
  /** Where the result stands in what `value` gives; empty where that is the result itself. */
  readonly path: readonly number[];
  /** Undefined for what is not read. */
  readonly value: () => Expression | undefined;
}

/** What the name at `index` of `count` on the left is given. See https://go.dev/ref/spec#Assignment_statements */
export function resultAt(values: readonly SyntaxNode[], index: number, count: number, reader: Reader): Result {
  const own = values[index];
  if (values.length === count && own) return { path: [], value: () => reader.expression(own, own) };
  const [only] = values;
  if (!only || values.length > 1) return { path: [], value: () => undefined };
  const isPair = count === 2;
  if (isPair && only.type === 'index_expression')
    return { path: [], value: () => (index === 0 ? reader.expression(only, only) : membership(only, reader)) };
  if (isPair && only.type === 'type_assertion_expression')
    return { path: [], value: () => (index === 0 ? reader.expression(only, only) : undefined) };
  return only.type === 'unary_expression'
    ? { path: [], value: () => undefined }
    : { path: [index], value: () => reader.expression(only, only) };
}

/** `_, ok := table[key]` asks whether the key is in the table. */
function membership(node: SyntaxNode, reader: Reader): Expression {
  return reader.made(
    node,
    rangeOf(node),
    { kind: 'binary', operator: 'in' },
    {
      left: () => reader.expression(node.childForFieldName('index'), node),
      right: () => reader.expression(node.childForFieldName('operand'), node),
    },
  ) as Expression;
}
