/** Values of operators: comparisons, connectives, arithmetic, `?:`. */
import type { Binary, Conditional, Unary } from '../syntax/programs/program.ts';
import type { RequestTest } from '../policy/request-test.ts';
import { all, always, not, some } from '../policy/request-test.ts';
import type { Falsy, Inner } from './inner-value.ts';
import { choose, comparedWithEmpty, distribute, oneOf, predicate, toPublic, truth } from './inner-value.ts';
import { languageOf } from './language-of.ts';
import { plus } from './operations/joining.ts';
import { equals, membership, ordered } from './origin-tests.ts';
import { isGiven } from './conditions.ts';
import { headerPresence } from './request-inputs.ts';
import type { At, Place, Session } from './session.ts';

/** What a connective needs to know of its language and its place. */
interface Tested {
  readonly operator: Binary['operator'];
  readonly here: At;
  readonly falsy: Falsy;
}

export function binaryValue(expression: Binary, here: At, session: Session, place: Place): Inner {
  const left = session.value(expression.left, place);
  const { operator } = expression;
  const test = (condition: ReturnType<typeof equals>) => predicate(condition, here.range, here.expression);
  if (operator === '&&' || operator === '||' || operator === '??') {
    const taken =
      operator === '??' ? isGiven(expression.left, left, session, place) : session.test(expression.left, place);
    const tested: Tested = { operator, here, falsy: languageOf(place.program).falsy };
    if (operator === '&&') return conjunction(left, taken, () => session.value(expression.right, place), tested);
    if (taken.kind === 'always' && left.kind !== 'environment') return left;
    const right = session.value(expression.right, place);
    return taken.kind === 'never' ? right : either(left, taken, right, tested);
  }
  const right = session.value(expression.right, place);
  if (left.kind === 'length' && right.kind === 'number' && (operator === '-' || operator === '+'))
    return { ...left, ...here, minus: left.minus + (operator === '-' ? right.value : -right.value) };
  const isMember = () => headerPresence(right, left, languageOf(place.program)) ?? membership(right, left, here.range);
  const number = calculated(left, operator, right);
  if (number !== undefined) return { kind: 'number', value: number, ...here };
  switch (operator) {
    case '==':
      return test(same(left, right, here, place));
    case '!=':
      // Asked of each choice, so that what is there is named and not what is left out: `isset($allowed[$origin])`.
      return test(distribute(left, (choice) => not(same(choice, right, here, place))));
    case '<':
    case '<=':
    case '>':
    case '>=':
      return test(ordered(left, operator, right));
    case 'in':
      return test(isMember());
    case 'not in':
      return test(not(isMember()));
    case '+':
      return plus(left, right, here, languageOf(place.program).truthText);
    default:
      return { kind: 'unknown', ...here };
  }
}

/** `left == right`. Only a preflight names a method, so that this header is there in no other request. */
function same(left: Inner, right: Inner, here: At, place: Place): RequestTest {
  const asked = languageOf(place.program).missingIsEmpty ? comparedWithEmpty(left, right) : undefined;
  return asked?.kind === 'request' && asked.name === 'access-control-request-method'
    ? not({ kind: 'preflight' })
    : equals(left, right, here.range);
}

/** `60 * 60 * 24`. */
function calculated(left: Inner, operator: Binary['operator'], right: Inner): number | undefined {
  if (left.kind !== 'number' || right.kind !== 'number') return undefined;
  switch (operator) {
    case '+':
      return left.value + right.value;
    case '-':
      return left.value - right.value;
    case '*':
      return left.value * right.value;
    // What does not come out even is rounded by one language and not by another.
    case '/':
      return right.value !== 0 && left.value % right.value === 0 ? left.value / right.value : undefined;
    default:
      return undefined;
  }
}

function conjunction(left: Inner, taken: RequestTest, right: () => Inner, { here, falsy }: Tested): Inner {
  if (taken.kind === 'never') return left;
  const value = right();
  if (taken.kind === 'always') return value;
  if (value.kind === 'boolean' || value.kind === 'predicate' || value.kind === 'match') {
    return predicate(all([taken, truth(value, falsy)]), here.range, here.expression);
  }
  const otherwise: Inner =
    left.kind === 'predicate' ? { kind: 'boolean', value: false, ...here } : { kind: 'nothing', ...here };
  return oneOf(
    [
      { when: taken, value },
      { when: always, value: otherwise },
    ],
    here.range,
    here.expression,
  );
}

function either(left: Inner, taken: RequestTest, right: Inner, { operator, here, falsy }: Tested): Inner {
  if (left.kind === 'environment' && right.kind !== 'predicate' && right.kind !== 'match') {
    // `os.environ.get('X', '') or '*'`: a fallback that counts as false gives way to the next one.
    const keepsOwn = left.fallback !== undefined && (operator === '??' || truth(left.fallback, falsy).kind !== 'never');
    return { ...left, fallback: keepsOwn ? left.fallback : toPublic(right), ...here };
  }
  const bothTests = [left, right].every(
    (side) =>
      side.kind === 'boolean' ||
      side.kind === 'predicate' ||
      side.kind === 'match' ||
      (side === left && side.kind === 'environment'),
  );
  if (bothTests) return predicate(some([taken, truth(right, falsy)]), here.range, here.expression);
  return oneOf(
    [
      { when: taken, value: left },
      { when: always, value: right },
    ],
    here.range,
    here.expression,
  );
}

export function unaryValue(expression: Unary, here: At, session: Session, place: Place): Inner {
  const operand = session.value(expression.operand, place);
  switch (expression.operator) {
    case '!':
      return predicate(not(truth(operand, languageOf(place.program).falsy)), here.range, here.expression);
    case '-':
      return operand.kind === 'number'
        ? { kind: 'number', value: -operand.value, ...here }
        : { kind: 'unknown', ...here };
    case '~':
      return operand.kind === 'position'
        ? predicate(operand.found, here.range, here.expression)
        : { kind: 'unknown', ...here };
    case 'typeof':
      return { kind: 'type-name', of: operand, ...here };
    default:
      return { kind: 'unknown', ...here };
  }
}

export function conditionalValue(expression: Conditional, here: At, session: Session, place: Place): Inner {
  const test = session.test(expression.test, place);
  const consequent = test.kind === 'never' ? undefined : session.value(expression.consequent, place);
  const alternate = test.kind === 'always' ? undefined : session.value(expression.alternate, place);
  if (consequent === undefined || alternate === undefined)
    return consequent ?? alternate ?? { kind: 'unknown', ...here };
  const { falsy } = languageOf(place.program);
  const isTest = (value: Inner) => value.kind === 'boolean' || value.kind === 'predicate' || value.kind === 'match';
  if (isTest(consequent) && isTest(alternate))
    return predicate(choose(test, truth(consequent, falsy), truth(alternate, falsy)), here.range, here.expression);
  return oneOf(
    [
      { when: test, value: consequent },
      { when: always, value: alternate },
    ],
    here.range,
    here.expression,
  );
}
