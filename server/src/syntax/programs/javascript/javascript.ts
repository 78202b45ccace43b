/** Lowers JavaScript, TypeScript and JSX trees. */
import type { LanguageAdapter } from '../language-adapter.ts';
import type { Lowerings } from '../lowering.ts';
import { assignmentTo, declaredBy } from './javascript-bindings.ts';
import { expressionLowerings } from './javascript-expressions.ts';
import { functionLowerings } from './javascript-functions.ts';
import { isKey, literalLowerings } from './javascript-literals.ts';
import { readExports, readImports, readPassedOn } from './javascript-modules.ts';
import { statementLowerings, statementsOf } from './javascript-statements.ts';

const wrappers = new Set([
  'parenthesized_expression',
  'await_expression',
  'as_expression',
  'satisfies_expression',
  'non_null_expression',
  'type_assertion',
  'instantiation_expression',
]);
const lowerings: Lowerings = {
  ...literalLowerings,
  ...expressionLowerings,
  ...functionLowerings,
  ...statementLowerings,
};

export const javascript: LanguageAdapter = {
  language: 'javascript',
  comment: /\/\/|\/\*/g,
  unwrap(node) {
    // To ask a node for its type costs a call into WebAssembly.
    let [inner, type] = [node, node.type];
    while (wrappers.has(type)) {
      const next =
        type === 'type_assertion'
          ? inner.namedChildren.at(-1)
          : inner.namedChildren.find((child) => child?.type !== 'comment');
      if (!next) return inner;
      [inner, type] = [next, next.type];
    }
    return type === 'sequence_expression' ? (inner.namedChildren.at(-1) ?? inner) : inner;
  },
  lower(node, reader) {
    const { type } = node;
    return Object.hasOwn(lowerings, type) ? lowerings[type]!(node, reader) : undefined;
  },
  statements: (node, reader) => statementsOf(node.namedChildren, reader),
  isString: (node) => node.type === 'string' || node.type === 'template_string',
  stringAround(node) {
    const literal = node.type === 'string_fragment' || node.type === 'escape_sequence' ? node.parent : node;
    if (!literal) return undefined;
    if (literal.type === 'string' || literal.type === 'template_string') return literal;
    return literal.type === 'property_identifier' && isKey(literal) ? literal : undefined;
  },
  isIdentifier: (node) => node.type === 'identifier' || node.type === 'shorthand_property_identifier',
  imports: readImports,
  exports: readExports,
  passedOn: readPassedOn,
  declaredBy,
  used: /\s*\??\.(?!\.)/y,
  assignmentTo,
};
