/** `value is pattern`, and switches: as statements, and as expressions that give a value. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { BinaryOperator, Expression, Node, Statement, Switch } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import type { SourceRange } from '../../range.ts';
import { named } from './csharp-text.ts';

type Case = Switch['cases'][number];

/** What stands behind a constant that the grammar takes into the pattern: `x is "a" && other`. */
interface Tail {
  readonly operator: '&&' | '||';
  readonly right: SyntaxNode;
}

/**
 * Makes nodes that the tree does not have, in place of one that it has. Each has a range of its own: nodes of one kind that stand at one
 * place are the same node to everybody else.
 */
class Maker {
  private readonly tails: Tail[] = [];

  constructor(
    private readonly node: SyntaxNode,
    private readonly reader: Reader,
    private readonly subject: () => Expression,
  ) {}

  unread(at = this.node): Expression {
    return this.reader.made(this.node, rangeOf(at), { kind: 'unknown' }) as Expression;
  }

  binary(operator: BinaryOperator, left: Expression, right: Expression, range: SourceRange): Expression {
    return this.reader.made(this.node, range, { kind: 'binary', operator, left, right }) as Expression;
  }

  /** The condition that the subject fits the pattern, or that it does not. */
  test(pattern: SyntaxNode | undefined, negated = false): Expression {
    switch (pattern?.type) {
      case 'constant_pattern':
        return this.constant(pattern, named(pattern)[0], negated);
      case 'negated_pattern':
        return this.negation(named(pattern)[0], negated);
      case 'parenthesized_pattern':
        return this.test(named(pattern)[0], negated);
      case 'or_pattern':
      case 'and_pattern': {
        const [left, right] = sidesOf(pattern);
        return this.joined(pattern, this.test(left, negated), this.test(right, negated), negated);
      }
      case 'recursive_pattern':
        return /^\{\s*\}/.test(pattern.text) ? this.isSomething(pattern, negated) : this.unread(pattern);
      case 'declaration_pattern':
      case 'type_pattern':
        return this.isSomething(pattern, negated);
      default:
        return this.unread(pattern);
    }
  }

  /** `not a and b` is `(not a) and b`, where the grammar takes all of it behind the `not`. */
  private negation(pattern: SyntaxNode | undefined, negated: boolean): Expression {
    if (pattern?.type !== 'or_pattern' && pattern?.type !== 'and_pattern') return this.test(pattern, !negated);
    const [left, right] = sidesOf(pattern);
    return this.joined(pattern, this.negation(left, negated), this.test(right, negated), negated);
  }

  private joined(pattern: SyntaxNode, left: Expression, right: Expression, negated: boolean): Expression {
    const isEither = (pattern.type === 'or_pattern') !== negated;
    return this.binary(isEither ? '||' : '&&', left, right, rangeOf(pattern));
  }

  isSomething(at: SyntaxNode, negated = false): Expression {
    const nothing = this.reader.made(this.node, rangeOf(at), { kind: 'null', undefined: false }) as Expression;
    return this.binary(negated ? '==' : '!=', this.subject(), nothing, rangeOf(at));
  }

  private constant(pattern: SyntaxNode, value: SyntaxNode | undefined, negated: boolean): Expression {
    const operator = value?.type === 'binary_expression' ? value.childForFieldName('operator')?.text : undefined;
    const right = value?.childForFieldName('right');
    if (value && right && (operator === '&&' || operator === '||')) {
      this.tails.push({ operator, right });
      return this.constant(pattern, value.childForFieldName('left') ?? undefined, negated);
    }
    if (!value) return this.unread(pattern);
    const range = { start: pattern.startIndex, end: value.endIndex };
    return this.binary(negated ? '!=' : '==', this.subject(), this.reader.expression(value, this.node), range);
  }

  /** With what the grammar took into the pattern, the innermost first. */
  whole(test: Expression): Expression {
    const { startIndex: start } = this.node;
    return this.tails.reduceRight(
      (left, { operator, right }) =>
        this.binary(operator, left, this.reader.expression(right, this.node), { start, end: right.endIndex }),
      test,
    );
  }
}

function sidesOf(pattern: SyntaxNode): (SyntaxNode | undefined)[] {
  return ['left', 'right'].map((side) => pattern.childForFieldName(side) ?? undefined);
}

/** `value is null`, `value is not "a"`, `value is "a" or "b"`, `value is { } text`, `value is string`. */
export function lowerPatternTest(node: SyntaxNode, reader: Reader): Node {
  const subject = node.childForFieldName('expression') ?? node.childForFieldName('left');
  const maker = new Maker(node, reader, () => reader.expression(subject, node));
  if (node.type === 'is_expression') return maker.isSomething(node);
  return maker.whole(maker.test(node.childForFieldName('pattern') ?? undefined));
}

/** A section of a switch has one label; those without statements run into the next one. */
export function casesOf(
  node: SyntaxNode,
  statementsOf: (child: SyntaxNode, reader: Reader) => Statement[],
  reader: Reader,
): Case[] {
  const maker = new Maker(node, reader, () => reader.expression(node.childForFieldName('value'), node));
  return named(node.childForFieldName('body')).flatMap((section): Case[] => {
    if (section.type !== 'switch_section') return [];
    const labels = named(section).filter(({ type }) => isLabel(type));
    const rest = named(section).filter(({ type }) => !isLabel(type));
    const test = labelTest(labels, maker, reader);
    const body = rest.flatMap((child) => statementsOf(child, reader));
    return [{ ...(test && { test }), body, range: rangeOf(section) }];
  });
}

const isLabel = (type: string): boolean => /_pattern$|^when_clause$|^discard$/.test(type);

/** What a case compares with; undefined for `default`, not known for patterns and conditions. */
function labelTest(labels: readonly SyntaxNode[], maker: Maker, reader: Reader): Expression | undefined {
  const [label] = labels;
  if (!label) return undefined;
  const [value] = named(label);
  return labels.length === 1 && label.type === 'constant_pattern' && value
    ? reader.expression(value, label)
    : maker.unread();
}

/** A switch that gives a value: a chain of conditionals, each of which compares the subject. */
export function lowerSwitchValue(node: SyntaxNode, reader: Reader): Node {
  const [subject, ...rest] = named(node);
  const arms = rest.filter(({ type }) => type === 'switch_expression_arm');
  const [first] = arms;
  const maker = new Maker(node, reader, () => reader.expression(subject, node));
  return arms.reduceRight<Expression>((alternate, arm) => {
    const [pattern, ...behind] = named(arm);
    const value = behind.at(-1);
    if (!pattern || !value) return alternate;
    const consequent = reader.expression(value, arm);
    const when = behind.find(({ type }) => type === 'when_clause');
    const isOther =
      pattern.type === 'discard' || (pattern.type === 'declaration_pattern' && /^var\b/.test(pattern.text));
    if (isOther && !when) return consequent;
    const fits = isOther ? undefined : maker.whole(maker.test(pattern));
    const met = when && reader.expression(named(when)[0], when);
    const test = fits && met ? maker.binary('&&', fits, met, rangeOf(arm)) : (fits ?? met ?? maker.unread(arm));
    const range = arm.id === first?.id ? rangeOf(node) : { start: arm.startIndex, end: node.endIndex };
    return reader.made(node, range, { kind: 'conditional', test, consequent, alternate }) as Expression;
  }, maker.unread());
}
