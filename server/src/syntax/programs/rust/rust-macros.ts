/** Macros that give values: `cfg!`, `env!`, `format!`, `concat!`, `matches!`. What stands in their brackets is a row of tokens. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Expression, Node } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { named } from '../named-children.ts';
import type { SourceRange } from '../../range.ts';
import { literalParts } from './rust-text.ts';

export function lowerMacro(node: SyntaxNode, reader: Reader): Node {
  const name = node.childForFieldName('macro')?.text.replace(/^.*::/, '');
  const tokens = named(node).find(({ type }) => type === 'token_tree');
  const unread = (): Node => reader.lazy(node, { kind: 'unknown' });
  if (!tokens) return unread();
  switch (name) {
    case 'cfg':
      return configured(node, tokens.text.slice(1, -1), reader) as Node;
    case 'env':
    case 'option_env':
      return lowerCall(node, tokens, name, reader);
    case 'format':
      return lowerFormat(node, tokens, reader) ?? unread();
    case 'matches':
      return lowerMatches(node, tokens, reader) ?? unread();
    case 'panic':
    case 'unreachable':
    case 'todo':
    case 'unimplemented':
    case 'bail':
      return lowerCall(node, tokens, `${name}!`, reader);
    default:
      return madeOf(node, tokens, reader);
  }
}

/** Something that is not known, and is made of the names in it: who looks at it may have looked at them. */
function madeOf(node: SyntaxNode, tokens: SyntaxNode, reader: Reader): Node {
  const names = tokens.descendantsOfType('identifier').filter((one) => one !== null);
  return reader.lazy(
    node,
    { kind: 'call', isNew: false, argumentsRange: rangeOf(tokens) },
    {
      callee: () => reader.made(node, rangeOf(node), { kind: 'unknown' }),
      arguments: () =>
        names.map((name) => ({ value: reader.expression(name, tokens), spread: false, range: rangeOf(name) })),
    },
  );
}

/** A condition of the build: `debug_assertions`, `not(debug_assertions)`, `feature = "dev"`; each is a circumstance by its words. */
export function configured(node: SyntaxNode, written: string, reader: Reader): Expression {
  const range = rangeOf(node);
  const [, negated] = /^\s*not\((.*)\)\s*$/s.exec(written) ?? [];
  const property = (negated ?? written).trim();
  const object = reader.made(node, range, { kind: 'identifier', name: 'cfg' });
  const flag = reader.made(node, range, { kind: 'member', property, propertyRange: range, object }) as Expression;
  return negated === undefined
    ? flag
    : (reader.made(node, range, { kind: 'unary', operator: '!', operand: flag }) as Expression);
}

/** The macro as a call of a function of this name with the texts that it is given. */
function lowerCall(node: SyntaxNode, tokens: SyntaxNode, name: string, reader: Reader): Node {
  return reader.lazy(
    node,
    { kind: 'call', isNew: false, argumentsRange: rangeOf(tokens) },
    {
      callee: () => reader.made(node, rangeOf(node.childForFieldName('macro') ?? node), { kind: 'identifier', name }),
      arguments: () =>
        named(tokens)
          .filter(({ type }) => /string_literal$/.test(type))
          .map((text) => ({ value: reader.expression(text, tokens), spread: false, range: rangeOf(text) })),
    },
  );
}

/** What stands between the commas, each as its named tokens and the span from its first to its last token. */
function partsOf(tokens: SyntaxNode): { readonly inside: SyntaxNode[]; readonly range: SourceRange }[] {
  const parts: SyntaxNode[][] = [[]];
  for (const child of tokens.children.slice(1, -1)) {
    if (child?.type === ',') parts.push([]);
    else if (child) parts.at(-1)!.push(child);
  }
  return parts
    .filter((part) => part.length > 0)
    .map((part) => ({
      inside: part,
      range: { start: part[0]!.startIndex, end: part.at(-1)!.endIndex },
    }));
}

/** The value of a part that is a name, a field or a literal, whatever conversion is called on it; not known for anything else. */
function valueOf(inside: readonly SyntaxNode[], node: SyntaxNode, range: SourceRange, reader: Reader): Expression {
  const unread = (): Expression => reader.made(node, range, { kind: 'unknown' }) as Expression;
  const [first, ...rest] = inside.filter(({ text }) => text !== '&' && text !== '*');
  if (!first || !/identifier|_literal$|^self$/.test(first.type)) return unread();
  let value = reader.expression(first, node);
  for (let index = 0; index < rest.length;) {
    const [sign, name, given] = rest.slice(index, index + 3);
    if ((sign?.text !== '.' && sign?.text !== '::') || !name) return unread();
    const isCall = given?.type === 'token_tree';
    if (isCall && !conversions.test(name.text)) return unread();
    if (!isCall) value = memberOf(value, name, node, reader);
    index += isCall ? 3 : 2;
  }
  return value;
}
const conversions = /^(as_str|as_ref|as_deref|to_string|clone|to_str|unwrap|unwrap_or_default)$/;

function memberOf(object: Expression, name: SyntaxNode, node: SyntaxNode, reader: Reader): Expression {
  const range = { start: object.range.start, end: name.endIndex };
  const property = { property: name.text, propertyRange: rangeOf(name) };
  return reader.made(node, range, { kind: 'member', object, ...property }) as Expression;
}

/** `format!("https://{}.{domain}", name)`. */
function lowerFormat(node: SyntaxNode, tokens: SyntaxNode, reader: Reader): Node | undefined {
  const [text, ...given] = partsOf(tokens);
  const literal = text?.inside[0];
  if (!literal || !/string_literal$/.test(literal.type)) return undefined;
  const { value, contentRange } = literalParts(literal, reader.text);
  const pieces = value.split(/(\{\{|\}\}|\{[^{}]*\})/);
  let [parts, position]: [string[], number] = [[''], 0];
  const holes: Expression[] = [];
  for (const piece of pieces) {
    const hole = /^\{([^{}:]*)(?::[^{}]*)?\}$/.exec(piece);
    if (!hole) {
      parts[parts.length - 1] += piece === '{{' ? '{' : piece === '}}' ? '}' : piece;
      continue;
    }
    const name = hole[1]!;
    const argument = given.find(({ inside }) => name !== '' && inside[0]?.text === name && inside[1]?.text === '=');
    const placed = name === '' ? given[position++] : given[Number(name)];
    const part = argument ? { inside: argument.inside.slice(2), range: argument.range } : placed;
    holes.push(
      part
        ? valueOf(part.inside, node, part.range, reader)
        : (reader.made(node, contentRange, { kind: 'identifier', name }) as Expression),
    );
    parts = [...parts, ''];
  }
  if (holes.length === 0) return reader.expression(literal, node);
  return reader.lazy(node, { kind: 'template', parts, holes });
}

/** `matches!(origin, "a" | "b")`: texts alone are known. */
function lowerMatches(node: SyntaxNode, tokens: SyntaxNode, reader: Reader): Node | undefined {
  const [subject, pattern] = partsOf(tokens);
  if (!subject || !pattern) return undefined;
  const literals = pattern.inside.filter(({ text }) => text !== '|');
  if (literals.length === 0 || literals.some(({ type }) => !/string_literal$/.test(type))) return undefined;
  const left = valueOf(subject.inside, node, subject.range, reader);
  const elements = literals.map((one) => ({ value: reader.expression(one, node), spread: false }));
  const right = reader.made(node, pattern.range, { kind: 'list', type: 'list', elements });
  return reader.lazy(node, { kind: 'binary', operator: 'in', left, right });
}
