/** Switches of Java: as statements, and as expressions that give a value. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Expression, Node, Statement, Switch } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { named } from '../named-children.ts';

type Case = Switch['cases'][number];

export function subjectOf(node: SyntaxNode, reader: Reader): Expression {
  return reader.expression(node.childForFieldName('condition'), node);
}

/** `case "a", "b" ->` becomes a case for each, with a jump behind it; groups with a colon run into the next one. */
export function casesOf(
  node: SyntaxNode,
  statementsOf: (child: SyntaxNode, reader: Reader) => Statement[],
  reader: Reader,
): Case[] {
  return named(node.childForFieldName('body')).flatMap((group): Case[] => {
    const range = rangeOf(group);
    const [label, ...rest] = named(group);
    if (!label || label.type !== 'switch_label') return [];
    const labels = [label, ...rest.filter(({ type }) => type === 'switch_label')];
    const own = rest.filter(({ type }) => type !== 'switch_label').flatMap((child) => statementsOf(child, reader));
    const isRule = group.type === 'switch_rule';
    const end = { start: range.end, end: range.end };
    const body = isRule ? [...own, reader.made(group, end, { kind: 'jump' }) as Statement] : own;
    const tests = labels.flatMap((one) => testsOf(one, reader));
    return tests.map((test, index) => ({
      ...(test && { test }),
      body: index === tests.length - 1 ? body : [],
      range,
    }));
  });
}

/** Undefined for `default`; patterns and guards are not known. */
function testsOf(label: SyntaxNode, reader: Reader): (Expression | undefined)[] {
  const unread = (): Expression => reader.made(label, rangeOf(label), { kind: 'unknown' }) as Expression;
  if (/^default\b/.test(label.text)) return [undefined];
  const values = named(label);
  if (values.some(({ type }) => /pattern|guard/.test(type))) return [unread()];
  return values.map((value) => reader.expression(value, label));
}

/** A switch that gives a value: a chain of conditionals, each of which compares the subject. */
export function lowerSwitchValue(node: SyntaxNode, reader: Reader): Node {
  const branches = named(node.childForFieldName('body')).flatMap((rule) => {
    const [label, value] = named(rule);
    return label && value ? [{ rule, label, value: valueOf(value) }] : [];
  });
  const unread = (): Expression => reader.made(node, rangeOf(node), { kind: 'unknown' }) as Expression;
  const isKnown = branches.every(({ rule, value }) => rule.type === 'switch_rule' && value);
  if (!isKnown || branches.length === 0) return unread();
  const subject = subjectOf(node, reader);
  return branches.reduceRight<Expression>((alternate, { rule, label, value }) => {
    const consequent = reader.expression(value, rule);
    return testsOf(label, reader).reduceRight<Expression>((rest, right) => {
      if (!right) return consequent;
      const test = reader.made(node, right.range, { kind: 'binary', operator: '==', left: subject, right });
      // What is evaluated is remembered by its range: each of the chain has one of its own.
      const range = { start: right.range.start, end: node.endIndex };
      return reader.made(node, range, { kind: 'conditional', test, consequent, alternate: rest }) as Expression;
    }, alternate);
  }, unread());
}

/** What a rule gives: its expression, or what its block yields as its only statement. */
function valueOf(body: SyntaxNode): SyntaxNode | undefined {
  if (body.type === 'expression_statement') return named(body)[0];
  const [only, other] = body.type === 'block' ? named(body) : [];
  return only?.type === 'yield_statement' && !other ? named(only)[0] : undefined;
}
