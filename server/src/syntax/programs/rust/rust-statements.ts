/** Statements of Rust, and what gives a value though other languages have a statement for it. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import { expressionIn } from '../lowering.ts';
import type { Lowering, Lowerings } from '../lowering.ts';
import type { Binding, Expression, Node, Statement } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { neighboursIn } from '../kept-by-node.ts';
import { named } from '../named-children.ts';
import { statementAround, withStatement } from '../expression-statements.ts';
import { attributesOf } from './rust-declarations.ts';
import { configured } from './rust-macros.ts';
import { nameOf, PatternTests, patternPlace } from './rust-patterns.ts';
import { isField, isResult, isStatement, isStatementOfArms, isValueBlock } from './rust-positions.ts';

const jump: Lowering = (node, reader) =>
  isStatement(node) ? reader.lazy(node, { kind: 'jump' }) : reader.lazy(node, { kind: 'unknown' });

export const statementLowerings: Lowerings = {
  block: lowerBlock,
  if_expression: lowerIf,
  match_arm: lowerArm,
  let_condition: lowerLetCondition,
  let_chain: lowerLetChain,
  let_declaration: (node, reader) =>
    reader.lazy(
      node,
      { kind: 'declaration' },
      {
        bindings: () => namesIn(node.childForFieldName('pattern'), reader),
        value: () => {
          const value = node.childForFieldName('value');
          return value ? reader.expression(value, node) : undefined;
        },
      },
    ),
  return_expression: (node, reader) =>
    isStatement(node)
      ? reader.lazy(
          node,
          { kind: 'return' },
          { value: () => (named(node)[0] ? reader.expression(named(node)[0], node) : undefined) },
        )
      : reader.lazy(node, { kind: 'unknown' }),
  break_expression: jump,
  continue_expression: jump,
  for_expression: lowerFor,
  while_expression: (node, reader) =>
    reader.lazy(
      node,
      { kind: 'loop' },
      { test: expressionIn(node, 'condition', reader), body: () => bodyOf(node, reader) },
    ),
  loop_expression: (node, reader) => reader.lazy(node, { kind: 'loop' }, { body: () => bodyOf(node, reader) }),
  attribute_item: lowerConfiguration,
  empty_statement: (node, reader) => reader.lazy(node, { kind: 'other-statement' }),
};

/** Statements of a block or of the file, in order. */
export function statementsIn(node: SyntaxNode, reader: Reader): Statement[] {
  return named(node).flatMap((child) => statementsOf(child, reader));
}

function statementsOf(child: SyntaxNode, reader: Reader): Statement[] {
  if (/^(attribute_item|inner_attribute_item|use_declaration|empty_statement|label)$/.test(child.type)) return [];
  const condition = configurationOf(child);
  const own = condition ? reader.statement(condition) : statementOf(child, reader);
  const refusal = child.type === 'let_declaration' ? child.childForFieldName('alternative') : null;
  return refusal ? [otherwise(child, refusal, reader), own] : [own];
}

function statementOf(child: SyntaxNode, reader: Reader): Statement {
  if (/_item$/.test(child.type)) {
    const name = child.childForFieldName('name');
    const value = () => reader.expression(child, child);
    const bindings = () => (name ? (reader.bindingAt(name.text, rangeOf(name)) ?? []) : []);
    return reader.made(
      child,
      rangeOf(child),
      { kind: 'declaration' },
      {
        bindings: () => [bindings()].flat(),
        value,
      },
    ) as Statement;
  }
  const lowered = reader.lower(child);
  const around = lowered && statementAround(lowered);
  return around ?? reader.statement(child);
}

/** `let Some(x) = y else { return; }` goes on where the pattern fits. */
function otherwise(declaration: SyntaxNode, refusal: SyntaxNode, reader: Reader): Statement {
  const { subject, pattern } = askedBy(declaration, reader);
  const range = rangeOf(declaration);
  const fits = new PatternTests(declaration, reader, subject).fits(pattern);
  const operand = fits ?? reader.made(declaration, range, { kind: 'boolean', value: true });
  const test = reader.made(declaration, range, { kind: 'unary', operator: '!', operand });
  return reader.made(
    declaration,
    range,
    { kind: 'if', test },
    { consequent: () => reader.statement(refusal), alternate: () => undefined },
  ) as Statement;
}

function askedBy(node: SyntaxNode, reader: Reader) {
  const value = node.childForFieldName('value');
  return { subject: () => reader.expression(value, node), pattern: node.childForFieldName('pattern') ?? undefined };
}

/** The attribute under whose condition alone a statement is compiled. */
export function configurationOf(node: SyntaxNode): SyntaxNode | undefined {
  if (!/^(block|source_file|declaration_list|arguments|array_expression)$/.test(node.parent?.type ?? ''))
    return undefined;
  return attributesOf(node).find(({ text }) => /^#\[cfg\(/.test(text));
}

function lowerConfiguration(attribute: SyntaxNode, reader: Reader): Node | undefined {
  const written = /^#\[cfg\((.*)\)\]$/s.exec(attribute.text)?.[1];
  let item = attribute.nextNamedSibling;
  while (item && (item.type === 'attribute_item' || item.type.endsWith('comment'))) item = item.nextNamedSibling;
  if (written === undefined || !item || configurationOf(item)?.id !== attribute.id) return undefined;
  const guarded = item;
  return reader.made(
    attribute,
    { start: attribute.startIndex, end: item.endIndex },
    { kind: 'if' },
    {
      test: () => configured(attribute, written, reader),
      consequent: () => statementOf(guarded, reader),
      alternate: () => undefined,
    },
  );
}

/** The names that a pattern binds. */
function namesIn(pattern: SyntaxNode | null, reader: Reader): Binding[] {
  const found = pattern?.type === 'identifier' ? [pattern] : (pattern?.descendantsOfType('identifier') ?? []);
  return found.flatMap((name) => {
    const binding = name && patternPlace(name) ? reader.bindingAt(name.text, rangeOf(name)) : undefined;
    return binding ? [binding] : [];
  });
}

/** A block of statements; as a value it is what a function gives that is called at once. */
function lowerBlock(node: SyntaxNode, reader: Reader): Node {
  const statementsOfBlock = () => statementsIn(node, reader);
  if (!isValueBlock(node)) return reader.lazy(node, { kind: 'block' }, { statements: statementsOfBlock });
  // What leaves the function around it is not told apart from what the block gives.
  if (/\breturn\b|\?\s*[;.)]/.test(node.text)) return reader.lazy(node, { kind: 'unknown' });
  const range = rangeOf(node);
  const body = () => reader.made(node, range, { kind: 'block' }, { statements: statementsOfBlock });
  const callee = () =>
    reader.made(node, range, { kind: 'function', async: false, decorators: [], parameters: [] }, { body });
  return reader.lazy(
    node,
    { kind: 'call', isNew: false, arguments: [], argumentsRange: { start: node.endIndex, end: node.endIndex } },
    { callee },
  );
}

/** Gives an expression that stands as a statement, or as the value of a block, the statement around it. */
export function asStatement(node: SyntaxNode, lowered: Node, reader: Reader): Node {
  const { parent } = node;
  const isBare = parent?.type === 'block' || (parent?.type === 'match_arm' && isStatementOfArms(parent));
  if (!isBare || !isStatement(node) || statementAround(lowered) !== undefined) return lowered;
  const statement = isResult(node)
    ? reader.made(node, rangeOf(node), { kind: 'return', value: lowered })
    : reader.made(node, rangeOf(node), { kind: 'expression-statement', expression: lowered });
  return withStatement(lowered, statement);
}

function branch(node: SyntaxNode | null | undefined, at: SyntaxNode, reader: Reader): Statement {
  if (node) return statementOf(node, reader);
  const end = { start: at.endIndex, end: at.endIndex };
  return reader.made(at, end, { kind: 'block', statements: [] }) as Statement;
}

function bodyOf(node: SyntaxNode, reader: Reader): Statement {
  return branch(node.childForFieldName('body'), node, reader);
}

function lowerIf(node: SyntaxNode, reader: Reader): Node {
  const test = expressionIn(node, 'condition', reader);
  const yes = node.childForFieldName('consequence');
  const no = named(node.childForFieldName('alternative'))[0];
  if (isStatement(node))
    return reader.lazy(
      node,
      { kind: 'if' },
      {
        test,
        consequent: () => branch(yes, node, reader),
        alternate: () => (no ? branch(no, node, reader) : undefined),
      },
    );
  return reader.lazy(
    node,
    { kind: 'conditional' },
    { test, consequent: () => reader.expression(yes, node), alternate: () => reader.expression(no, node) },
  );
}

/** `if let Some(x) = y`: the condition that the pattern fits. */
function lowerLetCondition(node: SyntaxNode, reader: Reader): Node {
  const { subject, pattern } = askedBy(node, reader);
  return new PatternTests(node, reader, subject).fits(pattern) ?? reader.lazy(node, { kind: 'boolean', value: true });
}

function lowerLetChain(node: SyntaxNode, reader: Reader): Node | undefined {
  const tests = named(node);
  const [first, ...rest] = tests;
  if (!first) return undefined;
  return rest.reduce<Expression>(
    (left, next) => {
      const range = { start: node.startIndex, end: next.endIndex };
      const right = reader.expression(next, node);
      return reader.made(node, range, { kind: 'binary', operator: '&&', left, right }) as Expression;
    },
    reader.expression(first, node),
  );
}

/** An arm of a `match`: what is done where its pattern fits, and otherwise the arm below it. */
function lowerArm(arm: SyntaxNode, reader: Reader): Node {
  const choice = arm.parent?.parent ?? arm;
  const { before, after: next } = armsBeside(arm, choice);
  const range = { start: before === undefined ? choice.startIndex : arm.startIndex, end: choice.endIndex };
  const value = arm.childForFieldName('value');
  const test = () => testOf(arm, choice, next === undefined, reader);
  if (isStatementOfArms(arm))
    return reader.made(
      arm,
      range,
      { kind: 'if' },
      {
        test,
        consequent: () => branch(value, arm, reader),
        alternate: () => (next ? reader.statement(next) : undefined),
      },
    );
  const otherValue = () => (next ? reader.expression(next, arm) : reader.lazy(choice, { kind: 'unknown' }));
  return reader.made(
    arm,
    range,
    { kind: 'conditional' },
    { test, consequent: () => reader.expression(value, arm), alternate: otherValue },
  );
}

export function armsOf(choice: SyntaxNode): SyntaxNode[] {
  return named(choice.childForFieldName('body')).filter(({ type }) => type === 'match_arm');
}

const armsBeside = neighboursIn(armsOf);

/** The last arm takes what is left: every value fits one of them. */
function testOf(arm: SyntaxNode, choice: SyntaxNode, isLast: boolean, reader: Reader): Expression {
  const whole = arm.childForFieldName('pattern');
  const guard = whole?.childForFieldName('condition');
  const pattern = named(whole).find(({ id }) => id !== guard?.id);
  const tests = new PatternTests(arm, reader, () => reader.expression(choice.childForFieldName('value'), choice));
  const fits = isLast ? undefined : tests.fits(pattern);
  const met = guard && reader.expression(guard, arm);
  if (fits && met) return tests.binary('&&', fits, met, whole!);
  return fits ?? met ?? (reader.made(arm, rangeOf(whole ?? arm), { kind: 'boolean', value: true }) as Expression);
}

/** `for o in &list`, `for (i, o) in list.iter().enumerate()`. */
function lowerFor(node: SyntaxNode, reader: Reader): Node {
  const pattern = node.childForFieldName('pattern');
  const counted = /\.enumerate\(\)\s*$/.test(node.childForFieldName('value')?.text ?? '');
  const [index, member] = counted && pattern?.type === 'tuple_pattern' ? named(pattern) : [undefined, pattern];
  return reader.lazy(
    node,
    { kind: 'loop', item: nameOf(member)?.text, ...(index && { key: nameOf(index)?.text }) },
    { over: expressionIn(node, 'value', reader), body: () => bodyOf(node, reader) },
  );
}

/** What is above a node, where that is not its parent in the tree: an arm stands below the one before it. */
export function parentInFlow(node: SyntaxNode): SyntaxNode | null {
  if (node.type === 'match_arm' && node.parent) return armsBeside(node, node.parent.parent).before ?? node.parent;
  const attribute = node.type === 'attribute_item' ? undefined : configurationOf(node);
  if (attribute) return attribute;
  const { parent } = node;
  // The subject is asked before any arm.
  return parent?.type === 'match_expression' && isField(parent, 'value', node) ? parent.parent : parent;
}
