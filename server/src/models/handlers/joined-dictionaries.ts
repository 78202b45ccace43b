/** What a dictionary of headers is made from: `{ ...base, Vary: 'Origin' }`, `BASE | {…}`, `dict(BASE)`, `BASE.copy()`. */
import type { Expression, ObjectExpression, Program } from '../../syntax/programs/program.ts';
import { calledName, isCalled } from './called-names.ts';
import type { WaysOfWriting } from './ways-of-writing.ts';

/** How many names one behind the other are followed. */
const mostNames = 4;

/**
 * The dictionaries, and the makers of dictionaries, whose members are in this one too, itself left out. A name stands for what it is
 * given where it is declared.
 */
export function partsOf(whole: Expression, program: Program, ways: WaysOfWriting, level = 0): Expression[] {
  return joinedIn(whole, ways).flatMap((part) => {
    const made = part.kind === 'identifier' ? program.resolve(part)?.value : part;
    if (made === undefined || level >= mostNames) return [];
    return [made, ...partsOf(made, program, ways, level + 1)];
  });
}

/** What is joined around this dictionary: all of `BASE | {…}` for the dictionary in it. */
export function joinAround(dictionary: ObjectExpression, ways: WaysOfWriting): Expression {
  let whole: Expression = dictionary;
  for (let { parent } = whole; parent !== undefined && isExpression(parent); parent = parent.parent) {
    const before: Expression = whole;
    if (!joinedIn(parent, ways).some(({ range }) => range.start === before.range.start)) break;
    whole = parent;
  }
  return whole;
}

/** The operands, the arguments and what is spread. */
function joinedIn(whole: Expression, { joins }: WaysOfWriting): readonly Expression[] {
  switch (whole.kind) {
    case 'object':
      return whole.entries.flatMap(({ spread, value }) => (spread ? [value] : []));
    case 'binary':
      return joins?.operator === true && whole.operator === 'other' ? [whole.left, whole.right] : [];
    case 'call': {
      if (joins === undefined || !isCalled(joins.calls, whole)) return [];
      const { receiver } = calledName(whole);
      const given = whole.arguments.flatMap(({ name, value }) => (name === undefined ? [value] : []));
      return receiver === undefined ? given : [receiver, ...given];
    }
    default:
      return [];
  }
}

function isExpression(node: { readonly kind: string }): node is Expression {
  return node.kind === 'object' || node.kind === 'binary' || node.kind === 'call';
}
