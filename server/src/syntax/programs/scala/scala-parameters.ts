/** Parameters of Scala's functions, in order, those of all of their lists. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { Parameter } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { named } from '../named-children.ts';

export interface ScalaParameter {
  readonly name: SyntaxNode | null;
  readonly line: SyntaxNode;
}

export function parametersOf(fn: SyntaxNode): ScalaParameter[] {
  const start = fn.childForFieldName('lambda_start');
  const lists = start ? [start] : fn.childrenForFieldName('parameters');
  return lists.flatMap((list): ScalaParameter[] => {
    if (list === null || !list.isNamed) return [];
    if (list.type === 'identifier' || list.type === 'wildcard') return [{ name: list, line: list }];
    return named(list).map((line) => ({ name: line.childForFieldName('name'), line }));
  });
}

export function loweredParameters(fn: SyntaxNode, reader: Reader): Parameter[] {
  return parametersOf(fn).map(({ name, line }): Parameter => {
    const [type, fallback] = [line.childForFieldName('type'), line.childForFieldName('default_value')];
    return {
      ...(name && { name: name.text }),
      ...(type && { type: reader.expression(type, line) }),
      ...(fallback && { fallback: reader.expression(fallback, line) }),
      range: rangeOf(line),
      rest: type?.type === 'repeated_parameter_type',
    };
  });
}
