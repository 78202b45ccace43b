/** Patterns of Rust: which names they bind to which part of a value, and when a value fits. */
import type { Node as SyntaxNode } from '@vscode/tree-sitter-wasm';
import type { BinaryOperator, Expression } from '../program.ts';
import type { Reader } from '../reader.ts';
import { rangeOf } from '../reader.ts';
import { named } from '../named-children.ts';
import { isField } from './rust-positions.ts';

/** Where a name stands in a pattern. */
export interface PatternPlace {
  /** The whole pattern. */
  readonly root: SyntaxNode;
  /** What has the pattern: a `let`, a parameter, an arm. */
  readonly holder: SyntaxNode;
  /** From the value to the part; undefined where that is not known. */
  readonly path: readonly (string | number)[] | undefined;
}

/** Variants that are what they hold: nothing is `None`, and an error is none of the values that are asked for. */
const transparent = /^(?:[\w:]+::)?(Some|Ok)$/;
const patterns = /_pattern$/;

/** The place of a name that a pattern binds; undefined for a name that is no binding. */
export function patternPlace(node: SyntaxNode): PatternPlace | undefined {
  const isShorthand = node.type === 'shorthand_field_identifier';
  // Names in capitals are constants and variants.
  if (!isShorthand && (node.type !== 'identifier' || /^\p{Lu}/u.test(node.text))) return undefined;
  let [child, path]: [SyntaxNode, (string | number)[] | undefined] = [node, []];
  for (let { parent } = node; parent; child = parent, { parent } = parent) {
    const holds = holderOf(child, parent);
    if (holds) return { root: child, holder: parent, path };
    if (parent.type === 'match_pattern') {
      const arm = parent.parent;
      return arm && !isField(parent, 'condition', child) ? { root: parent, holder: arm, path } : undefined;
    }
    if (!patterns.test(parent.type)) return undefined;
    const step = stepOf(child, parent, node);
    if (step === 'no name') return undefined;
    path = step === undefined || path === undefined ? undefined : [...step, ...path];
  }
  return undefined;
}

function holderOf(child: SyntaxNode, parent: SyntaxNode): boolean {
  switch (parent.type) {
    case 'let_declaration':
    case 'parameter':
    case 'for_expression':
    case 'let_condition':
      return isField(parent, 'pattern', child);
    case 'closure_parameters':
      return true;
    default:
      return false;
  }
}

function stepOf(child: SyntaxNode, parent: SyntaxNode, name: SyntaxNode): (string | number)[] | undefined | 'no name' {
  switch (parent.type) {
    case 'tuple_pattern':
    case 'slice_pattern':
      return [named(parent).findIndex(({ id }) => id === child.id)];
    case 'tuple_struct_pattern':
      if (isField(parent, 'type', child)) return 'no name';
      return transparent.test(parent.childForFieldName('type')?.text ?? '') ? [] : undefined;
    case 'field_pattern': {
      const field = parent.childForFieldName('name');
      return field ? [field.text] : undefined;
    }
    case 'struct_pattern':
      return isField(parent, 'type', child) ? 'no name' : [];
    case 'captured_pattern':
      return named(parent)[0]?.id === name.id ? [] : undefined;
    case 'range_pattern':
      return 'no name';
    default:
      return [];
  }
}

/** The only name of a pattern that is nothing but a name: `o`, `&o`, `mut o`. */
export function nameOf(pattern: SyntaxNode | null | undefined): SyntaxNode | undefined {
  let current = pattern ?? undefined;
  while (current && /^(reference|mut|ref)_pattern$/.test(current.type)) current = named(current).at(-1);
  return current?.type === 'identifier' ? current : undefined;
}

/** Makes the conditions under which a value fits a pattern, in place of a node. Each has a range of its own. */
export class PatternTests {
  constructor(
    private readonly node: SyntaxNode,
    private readonly reader: Reader,
    private readonly subject: () => Expression,
  ) {}

  /** Undefined where every value fits. */
  fits(pattern: SyntaxNode | undefined): Expression | undefined {
    if (pattern === undefined) return undefined;
    switch (pattern.type) {
      case 'remaining_field_pattern':
        return undefined;
      case 'tuple_pattern':
        return named(pattern).some((one) => this.fits(one)) ? this.unread(pattern) : undefined;
      case 'identifier':
        if (pattern.text === 'None') return this.nothing(pattern, '==');
        return /^\p{Lu}/u.test(pattern.text) ? this.equal(pattern) : undefined;
      case 'reference_pattern':
      case 'mut_pattern':
      case 'ref_pattern':
        return this.fits(named(pattern).at(-1));
      case 'captured_pattern':
        return this.fits(named(pattern)[1]);
      case 'or_pattern': {
        const [left, right] = named(pattern).map((one) => this.fits(one));
        return left && right ? this.binary('||', left, right, pattern) : undefined;
      }
      case 'tuple_struct_pattern':
        return this.variant(pattern);
      case 'range_pattern':
      case 'slice_pattern':
      case 'struct_pattern':
        return this.unread(pattern);
      default:
        return this.equal(pattern);
    }
  }

  private variant(pattern: SyntaxNode): Expression {
    const type = pattern.childForFieldName('type');
    const [inner] = named(pattern).filter(({ id }) => id !== type?.id);
    if (/^(?:[\w:]+::)?Err$/.test(type?.text ?? '')) return this.nothing(pattern, '==');
    if (!transparent.test(type?.text ?? '')) return this.unread(pattern);
    const given = this.nothing(pattern, '!=');
    const fits = this.fits(inner);
    return fits ? this.binary('&&', given, fits, pattern) : given;
  }

  private equal(pattern: SyntaxNode): Expression {
    return this.binary('==', this.subject(), this.reader.expression(pattern, this.node), pattern);
  }

  private nothing(pattern: SyntaxNode, operator: '==' | '!='): Expression {
    const none = this.reader.made(this.node, rangeOf(pattern), { kind: 'null', undefined: false }) as Expression;
    return this.binary(operator, this.subject(), none, pattern);
  }

  binary(operator: BinaryOperator, left: Expression, right: Expression, at: SyntaxNode): Expression {
    return this.reader.made(this.node, rangeOf(at), { kind: 'binary', operator, left, right }) as Expression;
  }

  unread(at: SyntaxNode): Expression {
    return this.reader.made(this.node, rangeOf(at), { kind: 'unknown' }) as Expression;
  }
}
