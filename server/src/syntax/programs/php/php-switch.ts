/** `switch`, and `match`, which gives a value. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import { expressionIn } from '../lowering.ts';
import type { Expression, Node, Statement, Switch } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { named } from '../named-children.ts';

type StatementsOf = (nodes: readonly SyntaxNode[], reader: Reader) => Statement[];

export function lowerSwitch(node: SyntaxNode, statementsOf: StatementsOf, reader: Reader): Node {
  return reader.lazy(
    node,
    { kind: 'switch' },
    { subject: expressionIn(node, 'condition', reader), cases: () => casesOf(node, statementsOf, reader) },
  );
}

/** Cases run into the next one, as in C. */
function casesOf(node: SyntaxNode, statementsOf: StatementsOf, reader: Reader): Switch['cases'] {
  return named(node.childForFieldName('body'))
    .filter(({ type }) => type === 'case_statement' || type === 'default_statement')
    .map((clause) => {
      const value = clause.type === 'case_statement' ? clause.childForFieldName('value') : null;
      const own = named(clause).filter(({ id }) => id !== value?.id);
      return {
        ...(clause.type === 'case_statement' && { test: reader.expression(value, clause) }),
        body: statementsOf(own, reader),
        range: rangeOf(clause),
      };
    });
}

/** `match (subject) { a, b => x, default => y }`: a chain of conditionals, each of which compares the subject. */
export function lowerMatch(node: SyntaxNode, reader: Reader): Node {
  const arms = named(node.childForFieldName('body'));
  const otherwise = arms.find(({ type }) => type === 'match_default_expression');
  const given = (arm: SyntaxNode): Expression => reader.expression(arm.childForFieldName('return_expression'), arm);
  const subject = reader.expression(node.childForFieldName('condition'), node);
  // Without an arm that fits, it throws.
  const rest = otherwise ? given(otherwise) : (reader.made(node, rangeOf(node), { kind: 'unknown' }) as Expression);
  const [whole] = arms
    .filter(({ type }) => type === 'match_conditional_expression')
    .flatMap((arm) => named(arm.childForFieldName('conditional_expressions')).map((test) => ({ arm, test })))
    .reduceRight<Expression[]>(
      ([alternate], { arm, test }) => {
        const right = reader.expression(test, arm);
        // Each has a range of its own, by which it is known.
        const compared = { start: test.startIndex, end: arm.endIndex };
        const equal = reader.made(arm, compared, { kind: 'binary', operator: '==', left: subject, right });
        const range = { start: test.startIndex, end: node.endIndex };
        const consequent = given(arm);
        return [reader.made(node, range, { kind: 'conditional', test: equal, consequent, alternate }) as Expression];
      },
      [rest],
    );
  return whole!;
}
