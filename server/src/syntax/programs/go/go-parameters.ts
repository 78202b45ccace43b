/** Parameters and results of Go's functions; a line of several names is several of them. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import { named, namedFields } from '../named-children.ts';

export interface DeclaredPart {
  /** Absent for a part of which only the type is written. */
  readonly name?: SyntaxNode;
  readonly type?: SyntaxNode;
  /** The line that it stands in. */
  readonly line: SyntaxNode;
  readonly isReceiver: boolean;
  readonly isRest: boolean;
}

/** The receiver comes first: a method is a function that is handed its object. */
export function parametersOf(fn: SyntaxNode): readonly DeclaredPart[] {
  return [...partsOf(fn, 'receiver'), ...partsOf(fn, 'parameters')];
}

/** Results, with their names where they have any. */
export function resultsOf(fn: SyntaxNode): readonly DeclaredPart[] {
  return partsOf(fn, 'result');
}

function partsOf(fn: SyntaxNode, field: 'receiver' | 'parameters' | 'result'): DeclaredPart[] {
  const list = fn.childForFieldName(field);
  if (!list) return [];
  if (list.type !== 'parameter_list') return [{ type: list, line: list, isReceiver: false, isRest: false }];
  return named(list)
    .filter(({ type }) => /^(variadic_)?parameter_declaration$/.test(type))
    .flatMap((line): DeclaredPart[] => {
      const type = line.childForFieldName('type');
      const part = {
        ...(type && { type }),
        line,
        isReceiver: field === 'receiver',
        isRest: line.type === 'variadic_parameter_declaration',
      };
      const names = namedFields(line, 'name');
      return names.length > 0 ? names.map((name) => ({ ...part, name })) : [part];
    });
}
