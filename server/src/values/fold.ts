/** What an expression evaluates to, by its kind. */
import type {
  Binary,
  ClassExpression,
  Conditional,
  Expression,
  Index,
  ListExpression,
  Member,
  ObjectExpression,
  Slice,
  Template,
  Unary,
} from '../syntax/programs/program.ts';
import type { RequestTest } from '../policy/request-test.ts';
import { all, always, not, some } from '../policy/request-test.ts';
import type { Dict, DictEntry, Value } from './value.ts';
import type { Falsy, Inner } from './inner-value.ts';
import { choose, mapChoices, oneOf, originSubject, predicate, toPublic, truth } from './inner-value.ts';
import { identifierValue } from './names.ts';
import { classMember, memberOf } from './members.ts';
import { characterAt } from './cuts.ts';
import { concatenate, plus } from './operations/joining.ts';
import { piece } from './operations/pieces.ts';
import { segmentAt } from './operations/segments.ts';
import { slice } from './operations/slices.ts';
import { valueByOrigin } from './operations/dicts.ts';
import { languageOf } from './language-of.ts';
import { equals, isNullish, membership, ordered } from './origin-tests.ts';
import type { At, Place, Session } from './session.ts';
import { at, longestList, rangeIn } from './session.ts';

export function foldExpression(expression: Expression, session: Session, place: Place): Inner {
  const here = at(expression, place, session);
  switch (expression.kind) {
    case 'string':
      return {
        kind: 'text',
        text: expression.value,
        contentRange: rangeIn(expression.contentRange, place, session),
        quote: expression.quote,
        ...here,
      };
    case 'number':
      return { kind: 'number', value: expression.value, ...here };
    case 'boolean':
      return { kind: 'boolean', value: expression.value, ...here };
    case 'null':
      return { kind: 'nothing', ...here };
    case 'regex':
      return {
        kind: 'pattern',
        pattern: {
          source: expression.source,
          flags: expression.flags,
          dialect: languageOf(place.program).patternDialect,
          mode: 'search',
        },
        sourceRange: rangeIn(expression.sourceRange, place, session),
        fromString: false,
        ...here,
      };
    case 'template':
      return templateValue(expression, here, session, place);
    case 'identifier':
      return identifierValue(expression, session, place);
    case 'member':
      return memberValue(expression, here, session, place);
    case 'index':
      return indexValue(expression, here, session, place);
    case 'slice':
      return sliceValue(expression, here, session, place);
    case 'call':
      return session.call(expression, place);
    case 'binary':
      return binaryValue(expression, here, session, place);
    case 'unary':
      return unaryValue(expression, here, session, place);
    case 'conditional':
      return conditionalValue(expression, here, session, place);
    case 'assignment':
      return expression.operator === '=' || expression.operator === ':='
        ? session.value(expression.value, place)
        : { kind: 'unknown', ...here };
    case 'object':
      return objectValue(expression, here, session, place);
    case 'list':
      return listValue(expression, here, session, place);
    case 'function':
      session.setHome(expression, place.program);
      return { kind: 'function', function: expression, ...here };
    case 'class':
      session.setHome(expression, place.program);
      return { kind: 'unknown', ...here };
    case 'unknown':
      return expression.text === 'import.meta'
        ? { kind: 'path', root: 'global', names: ['import', 'meta'], ...here }
        : { kind: 'unknown', ...here };
  }
}

function templateValue(expression: Template, here: At, session: Session, place: Place): Inner {
  const parts: Inner[] = [];
  expression.parts.forEach((text, index) => {
    if (text !== '') parts.push({ kind: 'text', text, range: here.range });
    const hole = expression.holes[index];
    if (hole !== undefined) parts.push(session.value(hole, place));
  });
  return concatenate(parts, here);
}

function memberValue(expression: Member, here: At, session: Session, place: Place): Inner {
  const { object } = expression;
  if (object.kind === 'identifier' && languageOf(place.program).objects.selfNames.has(object.name)) {
    const own = classAround(expression);
    const value = own && classMember(own, expression.property, here, session, place);
    if (value !== undefined) return value;
  }
  return memberOf(session.value(object, place), expression.property, here, session, place);
}

function classAround(expression: Expression): ClassExpression | undefined {
  for (let parent = expression.parent; parent !== undefined; parent = parent.parent)
    if (parent.kind === 'class') return parent;
  return undefined;
}

function indexValue(expression: Index, here: At, session: Session, place: Place): Inner {
  const object = session.value(expression.object, place);
  const index = session.value(expression.index, place);
  return mapChoices(object, (one) => indexed(one, index, here, session, place));
}

/** `origin[8:]`, `origin.split('.')[-2:]`. */
function sliceValue(expression: Slice, here: At, session: Session, place: Place): Inner {
  const object = session.value(expression.object, place);
  const bound = (one: Expression | undefined): Inner =>
    one ? session.value(one, place) : { kind: 'nothing', ...here };
  const from: Inner = expression.from ? bound(expression.from) : { kind: 'number', value: 0, ...here };
  const bounds = expression.to ? [from, bound(expression.to)] : [from];
  const use = { here, session, place, language: languageOf(place.program) };
  return mapChoices(object, (one) => slice('between')(one, bounds, use) ?? { kind: 'unknown', ...here });
}

function indexed(object: Inner, index: Inner, here: At, session: Session, place: Place): Inner {
  if (index.kind === 'text') return memberOf(object, index.text, here, session, place);
  if (index.kind === 'number') return atPlace(object, index.value, here, place);
  if (object.kind === 'dict' && originSubject(index) !== undefined)
    return valueByOrigin(object, index, { kind: object.open ? 'unknown' : 'nothing', ...here }, here);
  return { kind: 'unknown', ...here };
}

/** What stands at this place of a list or text. */
function atPlace(object: Inner, index: number, here: At, place: Place): Inner {
  const notKnown: Inner = { kind: 'unknown', ...here };
  const isPlace = index >= 0 || languageOf(place.program).negativeIndexes;
  if (object.kind === 'segments') return isPlace ? segmentAt(object, index, here) : { kind: 'nothing', ...here };
  const subject = originSubject(object);
  if (subject !== undefined && isPlace) return piece(characterAt(subject.part, index), subject, here) ?? notKnown;
  if (object.kind !== 'list') return notKnown;
  return object.items.at(index) ?? (object.open ? notKnown : { kind: 'nothing', ...here });
}

function binaryValue(expression: Binary, here: At, session: Session, place: Place): Inner {
  const left = session.value(expression.left, place);
  const { operator } = expression;
  const test = (condition: ReturnType<typeof equals>) => predicate(condition, here.range, here.expression);
  if (operator === '&&' || operator === '||' || operator === '??') {
    const taken = operator === '??' ? not(isNullish(left)) : session.test(expression.left, place);
    const tested: Tested = { here, falsy: languageOf(place.program).falsy };
    if (operator === '&&') return conjunction(left, taken, () => session.value(expression.right, place), tested);
    if (taken.kind === 'always' && left.kind !== 'environment') return left;
    const right = session.value(expression.right, place);
    return taken.kind === 'never' ? right : either(left, taken, right, tested);
  }
  const right = session.value(expression.right, place);
  if (left.kind === 'length' && right.kind === 'number' && (operator === '-' || operator === '+'))
    return { ...left, ...here, minus: left.minus + (operator === '-' ? right.value : -right.value) };
  const number = calculated(left, operator, right);
  if (number !== undefined) return { kind: 'number', value: number, ...here };
  switch (operator) {
    case '==':
      return test(equals(left, right, here.range));
    case '!=':
      return test(not(equals(left, right, here.range)));
    case '<':
    case '<=':
    case '>':
    case '>=':
      return test(ordered(left, operator, right));
    case 'in':
      return test(membership(right, left, here.range));
    case 'not in':
      return test(not(membership(right, left, here.range)));
    case '+':
      return plus(left, right, here);
    default:
      return { kind: 'unknown', ...here };
  }
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
    default:
      return undefined;
  }
}

/** What a connective needs to know of its language and its place. */
interface Tested {
  readonly here: At;
  readonly falsy: Falsy;
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

function either(left: Inner, taken: RequestTest, right: Inner, { here, falsy }: Tested): Inner {
  if (left.kind === 'environment' && right.kind !== 'predicate' && right.kind !== 'match')
    return { ...left, fallback: left.fallback ?? toPublic(right), ...here };
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

function unaryValue(expression: Unary, here: At, session: Session, place: Place): Inner {
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

function conditionalValue(expression: Conditional, here: At, session: Session, place: Place): Inner {
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

/** One object for each choice where exactly one spread is one of few: `{ ...(isProduction ? strict : {}), methods }`. */
function objectValue(expression: ObjectExpression, here: At, session: Session, place: Place): Inner {
  const spreads = expression.entries
    .filter(({ spread }) => spread)
    .map((entry) => session.value(entry.value, place))
    .filter((value) => value.kind === 'one-of');
  const [chosen] = spreads;
  if (
    spreads.length !== 1 ||
    chosen?.kind !== 'one-of' ||
    chosen.choices.length > 4 ||
    !chosen.choices.every(({ value }) => value.kind === 'dict' || isNone(value))
  )
    return objectWith(expression, undefined, here, session, place);
  return oneOf(
    chosen.choices.map(({ when, value }) => ({ when, value: objectWith(expression, value, here, session, place) })),
    here.range,
    here.expression,
  );
}

function isNone(value: Inner): boolean {
  return value.kind === 'nothing' || (value.kind === 'boolean' && !value.value);
}

/** `chosen` stands for the spread that is one of several. */
function objectWith(
  expression: ObjectExpression,
  chosen: Inner | undefined,
  here: At,
  session: Session,
  place: Place,
): Inner {
  const entries = new Map<string, DictEntry>();
  let open = false;
  for (const entry of expression.entries) {
    if (entry.spread) {
      const own = session.value(entry.value, place);
      const spread = own.kind === 'one-of' ? (chosen ?? own) : own;
      if (spread.kind === 'dict') {
        for (const inner of spread.entries) {
          entries.delete(inner.key);
          entries.set(inner.key, inner);
        }
        open ||= spread.open;
      } else if (spread.kind !== 'nothing' && spread.kind !== 'boolean') open = true;
      continue;
    }
    const computed =
      entry.key === undefined && entry.keyExpression ? session.value(entry.keyExpression, place) : undefined;
    const key = entry.key ?? (computed?.kind === 'text' ? computed.text : undefined);
    if (key === undefined) {
      open = true;
      continue;
    }
    entries.delete(key);
    entries.set(key, {
      key,
      keyRange: rangeIn(entry.keyRange, place, session),
      value: toPublic(session.value(entry.value, place)),
      range: rangeIn(entry.range, place, session),
    });
    if (entries.size > longestList) {
      open = true;
      break;
    }
  }
  return { kind: 'dict', entries: [...entries.values()], open, ...here } satisfies Dict;
}

function listValue(expression: ListExpression, here: At, session: Session, place: Place): Inner {
  const items: Value[] = [];
  let open = false;
  for (const element of expression.elements) {
    if (items.length >= longestList) {
      open = true;
      break;
    }
    const value = session.value(element.value, place);
    if (!element.spread) items.push(toPublic(value));
    else if (value.kind === 'list') {
      items.push(...value.items);
      open ||= value.open;
    } else if (!(value.kind === 'nothing' || (value.kind === 'boolean' && !value.value))) {
      // `...(process.env.X || '').split(',')` may add members; a condition's own list is listed.
      if (value.kind === 'one-of')
        for (const choice of value.choices) if (choice.value.kind === 'list') items.push(...choice.value.items);
      open = true;
    }
  }
  return { kind: 'list', items, open, type: expression.type, ...here };
}
