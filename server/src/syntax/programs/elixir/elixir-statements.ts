/** Gives what stands as a statement in Elixir the statement around it, for which the grammar has no node. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Expression, Node, Statement } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { named } from '../named-children.ts';
import { statementAround, withStatement } from '../expression-statements.ts';
import { argumentsOf, bareName, isDefinition, isModule, nameOfDefinition } from './elixir-forms.ts';
import { isResult, isStatement, statementsOf } from './elixir-positions.ts';

/** What is evaluated, or what the function around it gives. */
export function asStatement(node: SyntaxNode, lowered: Node, reader: Reader): Node {
  if (!isStatement(node) || statementAround(lowered) !== undefined) return lowered;
  const range = rangeOf(node);
  const statement =
    bareName(node) === 'raise'
      ? reader.made(node, range, { kind: 'throw' }, { value: () => raisedBy(node, reader) })
      : isResult(node)
        ? reader.made(node, range, { kind: 'return', value: lowered })
        : reader.made(node, range, { kind: 'expression-statement', expression: lowered });
  return withStatement(lowered, statement);
}

function raisedBy(node: SyntaxNode, reader: Reader): Expression | undefined {
  const first = named(argumentsOf(node))[0];
  return first && reader.expression(first, node);
}

export function statementOf(node: SyntaxNode, reader: Reader): Statement {
  const lowered = reader.lower(node);
  if (lowered && (isDefinition(node) || isModule(node))) return declarationOf(node, lowered, reader);
  return (lowered && statementAround(lowered)) ?? reader.statement(node);
}

function declarationOf(node: SyntaxNode, value: Node, reader: Reader): Statement {
  const name = isDefinition(node) ? nameOfDefinition(node) : named(argumentsOf(node))[0];
  const bindings = () => {
    const binding = name && reader.bindingAt(name.text, rangeOf(name));
    return binding ? [binding] : [];
  };
  return reader.made(node, rangeOf(node), { kind: 'declaration', value }, { bindings }) as Statement;
}

/** The statements of a block, in order; the first clause of several stands for all of them. */
export function statementsIn(block: SyntaxNode, reader: Reader): Statement[] {
  const children = statementsOf(block);
  const [first] = children;
  if (first?.type === 'stab_clause') return [statementOf(first, reader)];
  return children.map((child) => statementOf(child, reader));
}
