/** What a function is handed, whether it has a name for it or only a pattern. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Expression, Parameter } from '../program.ts';
import type { DeclaredName } from '../language-adapter.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import {
  clausesOf,
  isBinary,
  isDefinition,
  isUnary,
  patternsOf,
  patternsOfStab,
  stabsOf,
  operandOf,
} from './elixir-forms.ts';
import type { Subject } from './elixir-patterns.ts';
import { wholeName } from './elixir-patterns.ts';

/** Names of what stands in no text have blanks in them: the sign, the position, and where the function begins. */
const unnamed = /^([#&])(\d+) (\d+)$/;

/** The value at this position of a function, by the name that its pattern gives it. */
export function argument(owner: SyntaxNode, index: number, pattern: SyntaxNode, reader: Reader): Subject {
  const name = wholeName(pattern);
  const range = rangeOf(name ?? pattern);
  return () =>
    reader.made(name ?? pattern, range, {
      kind: 'identifier',
      name: name?.text ?? `#${index} ${owner.startIndex}`,
    }) as Expression;
}

/** `&1` of the function that a capture makes. */
export function captured(node: SyntaxNode): string | undefined {
  const number = isUnary(node, '&') ? operandOf(node) : null;
  if (number?.type !== 'integer') return undefined;
  for (let around = node.parent; around; around = around.parent)
    if (isUnary(around, '&')) return `&${Number(number.text) - 1} ${around.startIndex}`;
  return undefined;
}

/** The parameter that such a name stands for. */
export function unnamedParameter(name: string, reader: Reader): DeclaredName | undefined {
  const [, , position, start] = unnamed.exec(name) ?? [];
  if (position === undefined || start === undefined) return undefined;
  const owner = ownerAt(Number(start), reader);
  const fn = owner && reader.expression(isDefinition(owner) ? clausesOf(owner)[0] : owner, owner);
  if (!owner || fn?.kind !== 'function') return undefined;
  const parameterIndex = Number(position);
  const own = isConnection(owner, parameterIndex) ? 'conn' : name;
  return {
    scope: owner,
    binding: { name: own, kind: 'parameter', nameRange: rangeOf(owner), path: [], parameterIndex, parameterOf: fn },
  };
}

/** `%{method: "OPTIONS"}`, `%Plug.Conn{}` as what a function is handed first. */
function isConnection(owner: SyntaxNode, index: number): boolean {
  const pattern = isDefinition(owner)
    ? patternsOf(owner)[index]
    : stabsOf(owner)[0] && patternsOfStab(stabsOf(owner)[0]!).patterns[index];
  return index === 0 && /^%(Plug\.)?(Conn)?\{/.test(pattern?.text ?? '');
}

function ownerAt(start: number, reader: Reader): SyntaxNode | undefined {
  let node = reader.nodeAt(start) ?? null;
  while (node && node.startIndex === start) {
    if (isDefinition(node) || node.type === 'anonymous_function' || isUnary(node, '&')) return node;
    node = node.parent;
  }
  return undefined;
}

/** `patterns`: what each clause of the function takes at this place, the first one's first. */
export function parameterOf(patterns: readonly SyntaxNode[], reader: Reader): Parameter {
  const [pattern] = patterns;
  const name = nameAmong(patterns);
  const fallback = isBinary(pattern, '\\\\') ? pattern.childForFieldName('right') : null;
  return {
    ...(name !== undefined && { name }),
    range: rangeOf(pattern!),
    ...(fallback && { fallback: reader.expression(fallback, pattern!) }),
    rest: false,
  };
}

/** The name of all that is handed over, else that of the only member of a list: `[origin]`. */
function nameAmong(patterns: readonly SyntaxNode[]): string | undefined {
  const names = patterns.flatMap((pattern) => wholeName(pattern)?.text ?? []);
  const members = patterns.flatMap((pattern) => /^\[\s*(\w+)\s*(?:\|\s*\w+\s*)?\]$/.exec(pattern.text)?.[1] ?? []);
  return names.find((name) => !name.startsWith('_')) ?? members[0] ?? names[0];
}

/** The parameters of `&(&1 == &2)`: as many as the highest number says. */
export function capturedParameters(node: SyntaxNode): Parameter[] {
  const numbers = [...node.text.matchAll(/&(\d+)/g)].map(([, digits]) => Number(digits));
  return Array.from({ length: Math.max(0, ...numbers) }, (_, index) => ({
    name: `&${index} ${node.startIndex}`,
    range: rangeOf(node),
    rest: false,
  }));
}
