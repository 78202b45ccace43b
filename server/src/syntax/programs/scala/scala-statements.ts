/** Lowers what stands as a statement in Scala. See https://docs.scala-lang.org/scala3/reference/ */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Expression, Node, Statement } from '../program.ts';
import { loweredTry } from '../lowered-try.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { declaration } from './scala-bindings.ts';
import { isBlock, isResult, isStatement } from './scala-positions.ts';
import { named } from '../named-children.ts';
import { statementAround, withStatement } from '../expression-statements.ts';

const silent = /^(import_declaration|export_declaration|package_clause|self_type|type_definition|annotation)$/;
const values = /^(val|var)_(definition|declaration)$/;
const definitions = /^(function_definition|class_definition|object_definition|trait_definition|enum_definition)$/;

/** Undefined for what is no statement. */
export function lowerStatement(node: SyntaxNode, reader: Reader): Node | undefined {
  if (isBlock(node)) return reader.lazy(node, { kind: 'block' }, { statements: () => statementsIn(node, reader) });
  if (values.test(node.type))
    return declaration(
      node,
      () => {
        const value = node.childForFieldName('value');
        return value ? reader.expression(value, node) : undefined;
      },
      reader,
    );
  switch (node.type) {
    case 'if_expression':
      return lowerIf(node, reader);
    case 'return_expression':
      return reader.lazy(node, { kind: 'return' }, { value: () => firstOf(node, reader) });
    case 'throw_expression':
      return reader.lazy(node, { kind: 'throw' }, { value: () => firstOf(node, reader) });
    case 'while_expression':
    case 'do_while_expression':
      return reader.lazy(node, { kind: 'loop' }, { body: () => branch(node, 'body', reader) });
    case 'for_expression':
      return lowerFor(node, reader);
    case 'try_expression':
      return isStatement(node) ? lowerTry(node, reader) : undefined;
    default:
      return undefined;
  }
}

/** Statements of a file, a class or a block, in order. */
export function statementsIn(node: SyntaxNode, reader: Reader): Statement[] {
  return named(node).flatMap((child) => statementsOf(child, reader));
}

/** What stands there as a statement: an expression is one that is evaluated, or the result of the function. */
export function statementsOf(node: SyntaxNode, reader: Reader): Statement[] {
  if (silent.test(node.type)) return [];
  if (definitions.test(node.type)) return [declaration(node, () => reader.expression(node, node), reader)];
  const lowered = reader.lower(node);
  if (lowered === undefined) return [];
  return [statementAround(lowered) ?? (lowered as Statement)];
}

/** Gives an expression that stands as a statement the statement around it, for which the grammar has no node. */
export function asStatement(node: SyntaxNode, lowered: Node, reader: Reader): Node {
  if (!isStatement(node) || statementAround(lowered) !== undefined) return lowered;
  const range = rangeOf(node);
  const statement = isResult(node)
    ? reader.made(node, range, { kind: 'return', value: lowered })
    : reader.made(node, range, { kind: 'expression-statement', expression: lowered });
  return withStatement(lowered, statement);
}

function firstOf(node: SyntaxNode, reader: Reader): Expression | undefined {
  const [first] = named(node);
  return first ? reader.expression(first, node) : undefined;
}

/** A conditional where the value is used. */
function lowerIf(node: SyntaxNode, reader: Reader): Node {
  const field = (name: string) => node.childForFieldName(name);
  const test = () => reader.expression(field('condition'), node);
  if (isStatement(node))
    return reader.lazy(
      node,
      { kind: 'if' },
      {
        test,
        consequent: () => branch(node, 'consequence', reader),
        alternate: () => (field('alternative') ? branch(node, 'alternative', reader) : undefined),
      },
    );
  const nothing = (): Expression => reader.made(node, rangeOf(node), { kind: 'null', undefined: true }) as Expression;
  return reader.lazy(
    node,
    { kind: 'conditional' },
    {
      test,
      consequent: () => reader.expression(field('consequence'), node),
      alternate: () => (field('alternative') ? reader.expression(field('alternative'), node) : nothing()),
    },
  );
}

function branch(node: SyntaxNode, field: string, reader: Reader): Statement {
  const child = node.childForFieldName(field);
  const [statement] = child ? statementsOf(child, reader) : [];
  const end = { start: node.endIndex, end: node.endIndex };
  return statement ?? (reader.made(node, end, { kind: 'block', statements: [] }) as Statement);
}

/** `for (x <- list) { … }` is a loop; with `yield` it is a list that is not followed. */
function lowerFor(node: SyntaxNode, reader: Reader): Node {
  if (!isStatement(node) || node.children.some((child) => child?.type === 'yield'))
    return reader.lazy(node, { kind: 'unknown' });
  const [name, over] = named(named(node.childForFieldName('enumerators'))[0]);
  return reader.lazy(
    node,
    { kind: 'loop', item: name?.type === 'identifier' ? name.text : undefined },
    { over: () => reader.expression(over, node), body: () => branch(node, 'body', reader) },
  );
}

function lowerTry(node: SyntaxNode, reader: Reader): Node {
  const finalizer = named(named(node).find(({ type }) => type === 'finally_clause'))[0];
  return loweredTry(
    node,
    () => [],
    () => (finalizer && isBlock(finalizer) ? finalizer : undefined),
    reader,
  );
}
