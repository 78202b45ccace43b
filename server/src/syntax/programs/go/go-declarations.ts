/** Functions, methods and types of Go. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { ClassExpression, Node, Parameter } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { parametersOf } from './go-parameters.ts';
import { named, namedFields } from '../named-children.ts';

/** A function, a method whose receiver is its first parameter, or a closure. */
export function lowerFunction(node: SyntaxNode, reader: Reader): Node {
  return reader.lazy(
    node,
    { kind: 'function', name: node.childForFieldName('name')?.text, async: false, decorators: [] },
    {
      parameters: () =>
        parametersOf(node).map(({ name, type, line, isReceiver, isRest }): Parameter => ({
          ...(name && { name: name.text }),
          ...(type && { type: reader.expression(type, line) }),
          ...(isReceiver && { receiver: true }),
          range: rangeOf(name ?? line),
          rest: isRest,
        })),
      body: () => {
        const body = node.childForFieldName('body');
        return body ? reader.lower(body) : undefined;
      },
    },
  );
}

/** A declared type: its fields, and the methods that this file gives it. */
export function lowerType(node: SyntaxNode, reader: Reader): Node {
  const name = node.childForFieldName('name')?.text;
  return reader.lazy(
    node,
    { kind: 'class', name, decorators: [] },
    { members: () => [...fieldsOf(node, reader), ...(name === undefined ? [] : methodsOf(name, reader))] },
  );
}

type Member = ClassExpression['members'][number];

function fieldsOf(spec: SyntaxNode, reader: Reader): Member[] {
  const type = spec.childForFieldName('type');
  const list = type?.type === 'struct_type' ? named(type)[0] : undefined;
  return (list ? named(list) : []).flatMap((line) => {
    const of = line.childForFieldName('type');
    return namedFields(line, 'name').map((name): Member => ({
      name: name.text,
      ...(of && { type: reader.expression(of, line) }),
      range: rangeOf(line),
      static: false,
    }));
  });
}

/** `func (s *Server) Allow(…)`: methods stand anywhere in the package; those of this file are found by the receiver's type. */
function methodsOf(type: string, reader: Reader): Member[] {
  return reader.occurrences(type).flatMap((use): Member[] => {
    let node: SyntaxNode | null = use.parent;
    while (node && /^(pointer_type|generic_type|parameter_declaration|parenthesized_type)$/.test(node.type))
      node = node.parent;
    const method = node?.type === 'parameter_list' ? node.parent : null;
    const name = method?.type === 'method_declaration' ? method.childForFieldName('name') : null;
    if (!method || !name || method.childForFieldName('receiver')?.id !== node?.id) return [];
    return [{ name: name.text, value: reader.expression(method, method), range: rangeOf(method), static: false }];
  });
}
