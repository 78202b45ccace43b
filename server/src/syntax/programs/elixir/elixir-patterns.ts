/**
 * Patterns of Elixir: what must be so for a value to fit one, and what the names in it stand for.
 * See https://hexdocs.pm/elixir/patterns-and-guards.html
 */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { BinaryOperator, Expression } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { named } from '../named-children.ts';
import { isBinary, isUnary, keyOf, operatorOf, operandOf } from './elixir-forms.ts';

/** Makes the expression of a value when it is asked for. */
export type Subject = () => Expression;

/** A pattern within another, and how its part is taken out of the value. */
interface Part {
  readonly pattern: SyntaxNode;
  readonly of: (value: Subject) => Subject;
}

const literals = new Set(['string', 'atom', 'quoted_atom', 'integer', 'float', 'boolean', 'nil', 'charlist', 'sigil']);

/** The test whether the value fits; undefined where everything does. */
export function fits(pattern: SyntaxNode, value: Subject, reader: Reader): Expression | undefined {
  return conjunction([ownTest(pattern, value, reader), ...partTests(pattern, value, reader)], pattern, reader);
}

function partTests(pattern: SyntaxNode, value: Subject, reader: Reader): (Expression | undefined)[] {
  return partsOf(pattern, reader).map(({ pattern: inner, of }) => fits(inner, of(value), reader));
}

/** All tests hold; undefined where there is none. */
export function conjunction(
  tests: readonly (Expression | undefined)[],
  at: SyntaxNode,
  reader: Reader,
): Expression | undefined {
  return tests
    .filter((test) => test !== undefined)
    .reduce<Expression | undefined>((left, right) => (left ? binary('&&', left, right, at, reader) : right), undefined);
}

function ownTest(pattern: SyntaxNode, value: Subject, reader: Reader): Expression | undefined {
  const equal = (right: Expression): Expression => binary('==', value(), right, pattern, reader);
  if (literals.has(pattern.type)) return equal(reader.expression(pattern, pattern));
  if (isUnary(pattern, '^')) return equal(reader.expression(operandOf(pattern), pattern));
  // `@allowed` stands for its value.
  if (isUnary(pattern, '@')) return equal(reader.expression(pattern, pattern));
  if (pattern.type === 'list') return sizeTest(pattern, value, reader);
  if (isBinary(pattern, '<>')) {
    const start = reader.expression(pattern.childForFieldName('left'), pattern);
    return called('String.starts_with?', [value(), start], pattern, reader);
  }
  const isKnown =
    pattern.type === 'identifier' || pattern.type === 'tuple' || pattern.type === 'map' || isTransparent(pattern);
  return isKnown ? undefined : (reader.made(pattern, rangeOf(pattern), { kind: 'unknown' }) as Expression);
}

/** What every part of it has to fit by itself. */
function isTransparent(pattern: SyntaxNode): boolean {
  return pattern.type === 'binary_operator' && ['=', '\\\\'].includes(operatorOf(pattern));
}

/** `[]` is no member, `[origin | _]` is at least one. */
function sizeTest(pattern: SyntaxNode, value: Subject, reader: Reader): Expression {
  const [first, second] = named(pattern);
  const isEmpty = called('Enum.empty?', [value()], pattern, reader);
  if (!first) return isEmpty;
  if (second) return reader.made(pattern, rangeOf(pattern), { kind: 'unknown' }) as Expression;
  return reader.made(pattern, rangeOf(pattern), { kind: 'unary', operator: '!', operand: isEmpty }) as Expression;
}

/** The patterns right inside of this one. */
function partsOf(pattern: SyntaxNode, reader: Reader): Part[] {
  if (isTransparent(pattern)) return transparentParts(pattern);
  switch (pattern.type) {
    case 'list':
      return named(pattern).flatMap((child, index) => {
        const first = isBinary(child, '|') ? child.childForFieldName('left') : child;
        return first ? [{ pattern: first, of: elementAt(index, first, reader) }] : [];
      });
    case 'tuple':
      return named(pattern).map((child, index) => ({ pattern: child, of: elementAt(index, child, reader) }));
    case 'map':
      return named(named(pattern).find(({ type }) => type === 'map_content')).flatMap((child) =>
        child.type === 'keywords'
          ? named(child).flatMap((pair) => memberPart(pair, reader))
          : memberPart(child, reader),
      );
    default:
      return [];
  }
}

function transparentParts(pattern: SyntaxNode): Part[] {
  const sides = operatorOf(pattern) === '=' ? ['left', 'right'] : ['left'];
  return sides.flatMap((side) => {
    const inner = pattern.childForFieldName(side);
    return inner ? [{ pattern: inner, of: (value: Subject) => value }] : [];
  });
}

function elementAt(index: number, at: SyntaxNode, reader: Reader): Part['of'] {
  return (value) => () => {
    const place = reader.made(at, rangeOf(at), { kind: 'number', value: index }) as Expression;
    return called('Enum.at', [value(), place], at, reader);
  };
}

/** `method: "OPTIONS"`, `"name" => value`. */
function memberPart(pair: SyntaxNode, reader: Reader): Part[] {
  const isArrow = isBinary(pair, '=>');
  const pattern = pair.childForFieldName(isArrow ? 'right' : 'value');
  const key = isArrow ? reader.expression(pair.childForFieldName('left'), pair) : undefined;
  const property = isArrow ? (key?.kind === 'string' ? key.value : undefined) : keyOf(pair);
  if (!pattern || property === undefined) return [];
  const range = rangeOf(pattern);
  const of = (value: Subject) => () =>
    reader.made(pattern, range, { kind: 'member', property, propertyRange: range, object: value() }) as Expression;
  return [{ pattern, of }];
}

/** What the name within the pattern stands for; undefined where the pattern does not say. */
export function partAt(pattern: SyntaxNode, name: SyntaxNode, value: Subject, reader: Reader): Subject | undefined {
  if (pattern.id === name.id) return value;
  const isInside = ({ startIndex, endIndex }: SyntaxNode): boolean =>
    startIndex <= name.startIndex && name.endIndex <= endIndex;
  const part = partsOf(pattern, reader).find((one) => isInside(one.pattern));
  return part && partAt(part.pattern, name, part.of(value), reader);
}

/** Whether the name is the whole value, under whatever else is asked of it: `%{method: "GET"} = conn`. */
export function isWholeName(pattern: SyntaxNode, name: SyntaxNode): boolean {
  if (pattern.id === name.id) return true;
  return isTransparent(pattern) && transparentParts(pattern).some((part) => isWholeName(part.pattern, name));
}

/** The name that the whole value has. */
export function wholeName(pattern: SyntaxNode): SyntaxNode | undefined {
  if (pattern.type === 'identifier') return pattern;
  if (!isTransparent(pattern)) return undefined;
  for (const part of transparentParts(pattern)) {
    const found = wholeName(part.pattern);
    if (found) return found;
  }
  return undefined;
}

export function binary(
  operator: BinaryOperator,
  left: Expression,
  right: Expression,
  at: SyntaxNode,
  reader: Reader,
): Expression {
  return reader.made(at, rangeOf(at), { kind: 'binary', operator, left, right }) as Expression;
}

/** A call that is not written: `Enum.at(value, 0)`. */
export function called(name: string, values: readonly Expression[], at: SyntaxNode, reader: Reader): Expression {
  const range = rangeOf(at);
  const [home, property] = name.split('.');
  const object = reader.made(at, range, { kind: 'identifier', name: home });
  const callee = reader.made(at, range, { kind: 'member', object, property, propertyRange: range });
  const given = values.map((value) => ({ value, spread: false, range: value.range }));
  return reader.made(at, range, {
    kind: 'call',
    callee,
    arguments: given,
    isNew: false,
    argumentsRange: range,
  }) as Expression;
}
