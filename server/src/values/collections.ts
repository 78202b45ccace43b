/** Values of lists and objects as they are written. */
import type { ListExpression, ObjectEntry, ObjectExpression } from '../syntax/programs/program.ts';
import { sameSpan } from '../syntax/range.ts';
import type { Inner } from './inner-value.ts';
import { oneOf, toPublic } from './inner-value.ts';
import { GrowingDict, isNone, membersOf } from './operations/joining.ts';
import type { At, Place, Session } from './session.ts';
import { longestList, rangeIn } from './session.ts';
import type { Value } from './value.ts';

/** One object for each choice where exactly one spread is one of few: `{ ...(isProduction ? strict : {}), methods }`. */
export function objectValue(expression: ObjectExpression, here: At, session: Session, place: Place): Inner {
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

/** `chosen` stands for the spread that is one of several. */
function objectWith(
  expression: ObjectExpression,
  chosen: Inner | undefined,
  here: At,
  session: Session,
  place: Place,
): Inner {
  const made = new GrowingDict();
  for (const entry of expression.entries) {
    if (made.size > longestList) {
      made.open = true;
      break;
    }
    if (entry.spread) {
      const own = session.value(entry.value, place);
      const spread = own.kind === 'one-of' ? (chosen ?? own) : own;
      // `...(debug && { … })` adds nothing where the condition fails.
      if (spread.kind !== 'boolean') made.spread(spread);
      continue;
    }
    const key = isUnbound(entry, place) ? undefined : keyOf(entry, session, place);
    if (key === undefined) made.open = true;
    else
      made.add({
        key,
        keyRange: rangeIn(entry.keyRange, place, session),
        value: toPublic(session.value(entry.value, place)),
        range: rangeIn(entry.range, place, session),
      });
  }
  const written = made.value(here);
  const type = expression.type && session.value(expression.type, place);
  const of = type?.kind === 'unknown' && type.expression?.kind === 'class' ? type.expression : undefined;
  return of === undefined || written.kind !== 'dict' ? written : { ...written, of };
}

/** `{ or` alone, of a name that nothing declares, is the beginning of a key, or a value that the surroundings give. */
function isUnbound({ keyRange, value, range }: ObjectEntry, { program }: Place): boolean {
  const isAlone = value.kind === 'identifier' && sameSpan(keyRange, range);
  return isAlone && program.resolve(value) === undefined;
}

/** As it is written, or computed from texts that are known. */
function keyOf({ key, keyExpression }: ObjectEntry, session: Session, place: Place): string | undefined {
  if (key !== undefined || keyExpression === undefined) return key;
  const computed = session.value(keyExpression, place);
  return computed.kind === 'text' ? computed.text : undefined;
}

/** A list literal; what a spread may add that is not known leaves it open. */
export function listValue(expression: ListExpression, here: At, session: Session, place: Place): Inner {
  const items: Value[] = [];
  let open = false;
  for (const element of expression.elements) {
    if (items.length >= longestList) {
      open = true;
      break;
    }
    const value = session.value(element.value, place);
    if (!element.spread) items.push(toPublic(value));
    else {
      items.push(...membersOf(value));
      open ||= value.kind === 'list' ? value.open : !isNone(value);
    }
  }
  return { kind: 'list', items, open, type: expression.type, ...here };
}
