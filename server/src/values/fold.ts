/** What an expression evaluates to, by its kind. */
import type { Assignment, Expression, RegexLiteral, StringLiteral, Template } from '../syntax/programs/program.ts';
import { listValue, objectValue } from './collections.ts';
import type { Inner } from './inner-value.ts';
import { languageOf } from './language-of.ts';
import { identifierValue } from './names.ts';
import { concatenate } from './operations/joining.ts';
import { binaryValue, conditionalValue, unaryValue } from './operators.ts';
import { indexValue, memberValue, sliceValue } from './parts.ts';
import type { At, Place, Session } from './session.ts';
import { at, rangeIn } from './session.ts';

/** How an expression of one kind is evaluated. */
type Fold<T extends Expression> = (expression: T, here: At, session: Session, place: Place) => Inner;

const folds: { readonly [K in Expression['kind']]: Fold<Extract<Expression, { readonly kind: K }>> } = {
  string: textValue,
  number: ({ value }, here) => ({ kind: 'number', value, ...here }),
  boolean: ({ value }, here) => ({ kind: 'boolean', value, ...here }),
  null: (_, here) => ({ kind: 'nothing', ...here }),
  regex: patternValue,
  template: templateValue,
  identifier: identifierValue,
  member: memberValue,
  index: indexValue,
  slice: sliceValue,
  call: (expression, _here, session, place) => session.call(expression, place),
  binary: binaryValue,
  unary: unaryValue,
  conditional: conditionalValue,
  assignment: assignedHere,
  object: objectValue,
  list: listValue,
  function(expression, here, session, place) {
    session.setHome(expression, place.program);
    return { kind: 'function', function: expression, ...here };
  },
  class(expression, here, session, place) {
    session.setHome(expression, place.program);
    return { kind: 'unknown', ...here };
  },
  unknown: (_, here) => ({ kind: 'unknown', ...here }),
};

/** The value of the expression as it is seen from the place. */
export function foldExpression(expression: Expression, session: Session, place: Place): Inner {
  const fold = folds[expression.kind] as Fold<Expression>;
  const value = fold(expression, at(expression, place, session), session, place);
  const isRead = value.kind === 'environment' && value.expression === expression;
  return isRead ? (languageOf(place.program).settingOf?.(value, session, place) ?? value) : value;
}

function textValue(expression: StringLiteral, here: At, session: Session, place: Place): Inner {
  const { value: text, quote } = expression;
  return { kind: 'text', text, contentRange: rangeIn(expression.contentRange, place, session), quote, ...here };
}

function patternValue({ source, flags, sourceRange }: RegexLiteral, here: At, session: Session, place: Place): Inner {
  return {
    kind: 'pattern',
    pattern: { source, flags, dialect: languageOf(place.program).patternDialect, mode: 'search' },
    sourceRange: rangeIn(sourceRange, place, session),
    fromString: false,
    ...here,
  };
}

/** `(x = value)` is the value; what a compound assignment adds to is not known here. */
function assignedHere({ operator, value }: Assignment, here: At, session: Session, place: Place): Inner {
  return operator === '=' || operator === ':=' ? session.value(value, place) : { kind: 'unknown', ...here };
}

function templateValue(expression: Template, here: At, session: Session, place: Place): Inner {
  const parts: Inner[] = [];
  expression.parts.forEach((text, index) => {
    if (text !== '') parts.push({ kind: 'text', text, range: here.range });
    const hole = expression.holes[index];
    if (hole !== undefined) parts.push(session.value(hole, place));
  });
  return concatenate(parts, here, languageOf(place.program).truthText);
}
