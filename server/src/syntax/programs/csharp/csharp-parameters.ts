/** Parameters of methods, lambdas and primary constructors. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import { behind, named } from './csharp-text.ts';

export const parameterLists = new Set(['parameter_list', 'bracketed_parameter_list']);

export interface CsharpParameter {
  readonly name: SyntaxNode | null;
  readonly type?: SyntaxNode;
  readonly fallback?: SyntaxNode;
  readonly line: SyntaxNode;
  readonly rest: boolean;
}

/** In order. That of a lambda may stand without brackets, and `params string[] rest` has no node of its own. */
export function parametersOf(owner: SyntaxNode): CsharpParameter[] {
  const list =
    owner.childForFieldName('parameters') ?? named(owner).find(({ type }) => parameterLists.has(type)) ?? null;
  if (list?.type === 'implicit_parameter') return [{ name: list, line: list, rest: false }];
  let restType: SyntaxNode | undefined;
  return named(list).flatMap((line): CsharpParameter[] => {
    if (line.type === 'parameter') return [parameterOf(line)];
    if (line.type !== 'identifier') {
      restType = line;
      return [];
    }
    return [{ name: line, ...(restType && { type: restType }), line, rest: true }];
  });
}

function parameterOf(line: SyntaxNode): CsharpParameter {
  const type = line.childForFieldName('type');
  const fallback = behind(line, '=');
  return {
    name: line.childForFieldName('name'),
    ...(type && { type }),
    ...(fallback && { fallback }),
    line,
    rest: false,
  };
}

/** What the parameter of this name belongs to. */
export function ownerOfParameter(node: SyntaxNode): SyntaxNode | null {
  if (node.type === 'implicit_parameter') return node.parent;
  const list = node.parent?.type === 'parameter' ? node.parent.parent : node.parent;
  return list && parameterLists.has(list.type) ? list.parent : null;
}
