/** Lowers Python trees. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { LanguageAdapter } from '../language-adapter.ts';
import type { Lowerings } from '../lowering.ts';
import { assignmentTo, declaredBy, seesScope } from './python-bindings.ts';
import { expressionLowerings } from './python-expressions.ts';
import { withoutMagics } from './magics.ts';
import { functionLowerings } from './python-functions.ts';
import { enclosingString, literalLowerings } from './python-literals.ts';
import { readExports, readImports } from './python-modules.ts';
import { lowerStatement, statementsOf } from './python-statements.ts';
import { named } from '../named-children.ts';

const wrappers = new Set(['parenthesized_expression', 'await', 'decorated_definition', 'as_pattern']);
const lowerings: Lowerings = { ...literalLowerings, ...expressionLowerings, ...functionLowerings };

export const python: LanguageAdapter = {
  language: 'python',
  comment: /#/g,
  ofCell: withoutMagics,
  unwrap(node) {
    let inner = node;
    while (wrappers.has(inner.type)) {
      const next = inner.type === 'decorated_definition' ? inner.childForFieldName('definition') : named(inner)[0];
      if (!next) return inner;
      inner = next;
    }
    return inner;
  },
  lower: (node, reader) =>
    Object.hasOwn(lowerings, node.type) ? lowerings[node.type]!(node, reader) : lowerStatement(node, reader),
  statements: (node, reader) => statementsOf(node.namedChildren, reader),
  isString: (node) => node.type === 'string' || node.type === 'concatenated_string',
  stringAround(node) {
    const literal = /^(string_(start|content|end)|escape_sequence|escape_interpolation)$/.test(node.type)
      ? enclosingString(node)
      : node;
    if (literal?.type === 'concatenated_string') return literal;
    if (literal?.type !== 'string') return undefined;
    return literal.parent?.type === 'concatenated_string' ? literal.parent : literal;
  },
  isIdentifier(node) {
    if (node.type !== 'identifier') return false;
    const { parent } = node;
    if (parent?.type === 'attribute') return parent.childForFieldName('attribute')?.id !== node.id;
    if (parent?.type === 'keyword_argument') return parent.childForFieldName('name')?.id !== node.id;
    if (parent?.type === 'assignment') return parent.childForFieldName('left')?.id !== node.id;
    return !/^(dotted_name|aliased_import|(global|nonlocal)_statement|import_prefix)$/.test(parent?.type ?? '');
  },
  parentOf: elifParent,
  imports: readImports,
  exports: readExports,
  declaredBy,
  assignmentTo,
  seesScope,
};

/** `elif` and `else` stand beside one another in the tree; each belongs to the test before it. */
function elifParent(node: SyntaxNode): SyntaxNode | null {
  const { parent } = node;
  if ((node.type !== 'elif_clause' && node.type !== 'else_clause') || parent?.type !== 'if_statement') return parent;
  let before = node.previousNamedSibling;
  while (before?.type === 'comment') before = before.previousNamedSibling;
  return before?.type === 'elif_clause' ? before : parent;
}
