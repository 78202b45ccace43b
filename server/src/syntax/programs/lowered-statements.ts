/** Statements that most languages have, for grammars that name their parts alike. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import { expressionIn, optionalExpression } from './lowering.ts';
import type { Lowering, Lowerings } from './lowering.ts';
import { named } from './named-children.ts';
import type { Loop, Node, Statement } from './program.ts';
import type { Reader } from './reader.ts';
import { rangeOf } from './reader.ts';

/** The statement in this field of the node, lowered when it is asked for; one that does nothing where nothing is written yet. */
export function statementIn(node: SyntaxNode, field: string, reader: Reader): () => Statement {
  return () => {
    const statement = node.childForFieldName(field);
    return statement
      ? reader.statement(statement)
      : (reader.made(node, rangeOf(node), { kind: 'other-statement' }) as Statement);
  };
}

/** `return x`, `throw x`. */
export function ending(kind: 'return' | 'throw'): Lowering {
  return (node, reader) => reader.lazy(node, { kind }, { value: optionalExpression(named(node)[0], node, reader) });
}

/** `break`, `continue`. */
export const jump: Lowering = (node, reader) => reader.lazy(node, { kind: 'jump' });

/** `while (test) body` and `do body while (test)`. */
export const whileTrue: Lowering = (node, reader) =>
  reader.lazy(
    node,
    { kind: 'loop' },
    { test: expressionIn(node, 'condition', reader), body: statementIn(node, 'body', reader) },
  );

/** `for (int i = 0; i < n; i++) body`; `counterOf` tells what is counted. */
export function countedLoop(counterOf: (node: SyntaxNode, reader: Reader) => Loop['counter']): Lowering {
  return (node, reader) =>
    reader.lazy(
      node,
      { kind: 'loop' },
      { body: statementIn(node, 'body', reader), counter: () => counterOf(node, reader) },
    );
}

/** `alternate` is what is done otherwise, whose place the grammars do not name alike; `consequence` the field of the first branch. */
export function ifWith(
  alternate: (node: SyntaxNode, reader: Reader) => Statement | undefined,
  consequence = 'consequence',
): Lowering {
  return (node, reader) =>
    reader.lazy(
      node,
      { kind: 'if' },
      {
        test: expressionIn(node, 'condition', reader),
        consequent: statementIn(node, consequence, reader),
        alternate: () => alternate(node, reader),
      },
    );
}

/** `if (test) a else b`, where the statement behind `else` is a field of the node. */
export const ifElse: Lowering = ifWith((node, reader) => {
  const other = node.childForFieldName('alternative');
  return other ? reader.statement(other) : undefined;
});

/** An expression that stands as a statement. */
export const expressionStatement: Lowering = (node, reader) =>
  reader.lazy(node, { kind: 'expression-statement' }, { expression: () => reader.expression(named(node)[0], node) });

/** Undefined for what is no statement; those that do nothing for us are `other-statement`. */
export function statementLowering(lowerings: Lowerings): (node: SyntaxNode, reader: Reader) => Node | undefined {
  return (node, reader) => {
    if (Object.hasOwn(lowerings, node.type)) return lowerings[node.type]!(node, reader);
    return /_statement$/.test(node.type) ? reader.lazy(node, { kind: 'other-statement' }) : undefined;
  };
}
