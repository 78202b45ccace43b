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
  Template,
  Unary,
} from '../syntax/programs/program.ts';
import { all, always, not, some, unknown } from '../policy/request-test.ts';
import type { Dict, DictEntry, List, Value } from './value.ts';
import type { Inner } from './inner-value.ts';
import { choose, mapChoices, oneOf, originSubject, predicate, toPublic, truth } from './inner-value.ts';
import { identifierValue } from './names.ts';
import { classMember, memberOf } from './members.ts';
import { characterAt } from './cuts.ts';
import { piece, segmentAt, segmentsMethod, sliced } from './origin-methods.ts';
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
          dialect: place.program.language === 'python' ? 'python' : 'javascript',
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

/** Joins texts; a part that is one of several makes one text for each. */
export function concatenate(parts: readonly Inner[], here: At): Inner {
  const choiceIndex = parts.findIndex((part) => part.kind === 'one-of');
  const part = parts[choiceIndex];
  if (part?.kind === 'one-of' && parts.filter((other) => other.kind === 'one-of').length === 1) {
    return mapChoices(part, (choice) =>
      concatenate(
        parts.map((other, index) => (index === choiceIndex ? choice : other)),
        here,
      ),
    );
  }
  const texts = parts.map((one) =>
    one.kind === 'text' ? one.text : one.kind === 'number' || one.kind === 'boolean' ? String(one.value) : undefined,
  );
  if (texts.every((text) => text !== undefined)) return { kind: 'text', text: texts.join(''), ...here };
  if (parts.length === 1 && originSubject(parts[0]!) !== undefined) return parts[0]!;
  const origin = originFromPieces(parts, here);
  return origin ?? { kind: 'concatenation', parts: parts.map(toPublic), ...here };
}

/** `${url.protocol}//${url.host}` is the origin again. */
function originFromPieces(parts: readonly Inner[], here: At): Inner | undefined {
  const [scheme, slashes, host, ...rest] = parts;
  if (
    rest.length > 0 ||
    scheme?.kind !== 'origin-piece' ||
    scheme.part !== 'scheme' ||
    host?.kind !== 'origin-piece' ||
    host.part !== 'host'
  )
    return undefined;
  return slashes?.kind === 'text' && /^:?\/\/$/.test(slashes.text)
    ? { kind: 'origin-piece', part: 'origin', ignoreCase: false, ...here }
    : undefined;
}

function memberValue(expression: Member, here: At, session: Session, place: Place): Inner {
  const { object } = expression;
  if (object.kind === 'identifier' && (object.name === 'this' || object.name === 'self' || object.name === 'cls')) {
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
  const cut =
    place.program.language === 'python' ? /^(-?\d+)?\s*:\s*(-?\d+)?$/.exec(expression.index.text.trim()) : null;
  if (cut) return mapChoices(object, (one) => pythonSlice(one, cut[1], cut[2], here));
  const index = session.value(expression.index, place);
  return mapChoices(object, (one) => indexed(one, index, here, session, place));
}

/** `origin[8:]`, `origin.split('.')[-2:]`. */
function pythonSlice(object: Inner, from: string | undefined, to: string | undefined, here: At): Inner {
  const number = (text: string | undefined): Inner | undefined =>
    text === undefined ? undefined : { kind: 'number', value: Number(text), ...here };
  const start = number(from ?? '0')!;
  const subject = originSubject(object);
  const result =
    object.kind === 'segments'
      ? segmentsMethod(object, 'slice', to === undefined ? [start] : [start, number(to)!], here, false)
      : subject && sliced(subject, 'slice', start, number(to), here);
  return result ?? { kind: 'unknown', ...here };
}

function indexed(object: Inner, index: Inner, here: At, session: Session, place: Place): Inner {
  if (index.kind === 'text') return memberOf(object, index.text, here, session, place);
  if (index.kind === 'number' && object.kind === 'segments')
    return place.program.language === 'python' || index.value >= 0
      ? segmentAt(object, index.value, here)
      : { kind: 'nothing', ...here };
  if (index.kind === 'number') {
    const subject = originSubject(object);
    if (subject !== undefined && (place.program.language === 'python' || index.value >= 0))
      return piece(characterAt(subject.part, index.value), subject, here) ?? { kind: 'unknown', ...here };
    if (object.kind === 'list')
      return (
        object.items.at(index.value) ?? (object.open ? { kind: 'unknown', ...here } : { kind: 'nothing', ...here })
      );
    return { kind: 'unknown', ...here };
  }
  if (object.kind === 'dict' && originSubject(index) !== undefined) {
    const choices = object.entries.map((entry) => ({
      when: equals(index, { kind: 'text', text: entry.key, range: entry.keyRange }, here.range),
      value: entry.value as Inner,
    }));
    return oneOf(
      [
        ...choices,
        ...(object.open ? [{ when: unknown(), value: { kind: 'unknown', ...here } as Inner }] : []),
        { when: always, value: { kind: 'nothing', ...here } },
      ],
      here.range,
      here.expression,
    );
  }
  return { kind: 'unknown', ...here };
}

function binaryValue(expression: Binary, here: At, session: Session, place: Place): Inner {
  const left = session.value(expression.left, place);
  const { operator } = expression;
  const test = (condition: ReturnType<typeof equals>) => predicate(condition, here.range, here.expression);
  if (operator === '&&' || operator === '||' || operator === '??') {
    const taken = operator === '??' ? not(isNullish(left)) : session.test(expression.left, place);
    if (operator === '&&') return conjunction(left, taken, () => session.value(expression.right, place), here);
    if (taken.kind === 'always' && left.kind !== 'environment') return left;
    const right = session.value(expression.right, place);
    return taken.kind === 'never' ? right : either(left, taken, right, here);
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

function conjunction(left: Inner, taken: ReturnType<typeof truth>, right: () => Inner, here: At): Inner {
  if (taken.kind === 'never') return left;
  const value = right();
  if (taken.kind === 'always') return value;
  if (value.kind === 'boolean' || value.kind === 'predicate' || value.kind === 'match') {
    return predicate(all([taken, truth(value, 'javascript')]), here.range, here.expression);
  }
  const falsy: Inner =
    left.kind === 'predicate' ? { kind: 'boolean', value: false, ...here } : { kind: 'nothing', ...here };
  return oneOf(
    [
      { when: taken, value },
      { when: always, value: falsy },
    ],
    here.range,
    here.expression,
  );
}

function either(left: Inner, taken: ReturnType<typeof truth>, right: Inner, here: At): Inner {
  if (left.kind === 'environment' && right.kind !== 'predicate' && right.kind !== 'match')
    return { ...left, fallback: left.fallback ?? toPublic(right), ...here };
  const bothTests = [left, right].every(
    (side) =>
      side.kind === 'boolean' ||
      side.kind === 'predicate' ||
      side.kind === 'match' ||
      (side === left && side.kind === 'environment'),
  );
  if (bothTests) return predicate(some([taken, truth(right, 'javascript')]), here.range, here.expression);
  return oneOf(
    [
      { when: taken, value: left },
      { when: always, value: right },
    ],
    here.range,
    here.expression,
  );
}

/** `left + right` of texts or lists. */
export function plus(left: Inner, right: Inner, here: At): Inner {
  if (left.kind === 'list' || right.kind === 'list')
    return joinLists([left, right], here, left.kind === 'list' ? left.type : 'list');
  return concatenate([...partsOf(left), ...partsOf(right)], here);
}

function partsOf(value: Inner): readonly Inner[] {
  return value.kind === 'concatenation' ? value.parts : [value];
}

/** All members one after another; a member that is not a list leaves the result open. */
export function joinLists(lists: readonly Inner[], here: At, type: List['type'] = 'list'): Inner {
  const items: Value[] = [];
  let open = false;
  for (const list of lists) {
    if (list.kind === 'list') {
      items.push(...list.items);
      open ||= list.open;
    } else if (list.kind !== 'nothing' && !(list.kind === 'boolean' && !list.value)) {
      if (list.kind === 'one-of')
        for (const choice of list.choices) if (choice.value.kind === 'list') items.push(...choice.value.items);
      open = true;
    }
  }
  return { kind: 'list', items: items.slice(0, longestList), open: open || items.length > longestList, type, ...here };
}

function unaryValue(expression: Unary, here: At, session: Session, place: Place): Inner {
  const operand = session.value(expression.operand, place);
  switch (expression.operator) {
    case '!':
      return predicate(not(truth(operand, place.program.language)), here.range, here.expression);
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
  const isTest = (value: Inner) => value.kind === 'boolean' || value.kind === 'predicate' || value.kind === 'match';
  if (isTest(consequent) && isTest(alternate))
    return predicate(
      choose(test, truth(consequent, 'javascript'), truth(alternate, 'javascript')),
      here.range,
      here.expression,
    );
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
