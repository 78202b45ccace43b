/** Names that are taken out of a value: `const { origins = [] } = options`. */
import type { Binding } from '../syntax/programs/program.ts';
import { always, not } from '../policy/request-test.ts';
import { circumstance } from './circumstances.ts';
import { isOfRequest, mayLookAtOrigin } from './influence.ts';
import type { Inner } from './inner-value.ts';
import { oneOf, partOfInput, toPublic } from './inner-value.ts';
import { memberOf } from './members.ts';
import { segmentAt } from './operations/segments.ts';
import { isNullish } from './origin-tests.ts';
import type { At, Place, Session } from './session.ts';

/** What stands at the binding's path in the value, else its fallback. */
export function destructured(value: Inner, binding: Binding, here: At, session: Session, place: Place): Inner {
  let current = value;
  for (const step of binding.path)
    current =
      typeof step === 'number'
        ? memberNumbered(current, step, here, session, place)
        : memberOf(current, step, here, session, place);
  return binding.path.length > 0 || value.kind === 'nothing'
    ? orFallback(current, binding, here, session, place)
    : current;
}

function memberNumbered(value: Inner, index: number, here: At, session: Session, place: Place): Inner {
  if (value.kind === 'segments') return segmentAt(value, index, here);
  if (value.kind === 'list') return value.items[index] ?? { kind: 'unknown', ...here };
  return partOfInput(value) ?? memberOf(value, String(index), here, session, place);
}

function orFallback(
  value: Inner,
  { fallback, value: whole, name, parameterOf, path }: Binding,
  here: At,
  session: Session,
  place: Place,
): Inner {
  if (fallback === undefined) return value;
  // `function start({ origin = '*' })` takes settings; a request has its headers one step further down.
  const isNamedParameter = parameterOf !== undefined && path.length === 1;
  const isSetting =
    isNamedParameter ||
    (value.kind === 'path' ? !isOfRequest(value) : whole && !mayLookAtOrigin(whole, session, place));
  const missing = isNullish(value).kind === 'unknown' && isSetting ? not(circumstance(name)) : isNullish(value);
  if (missing.kind === 'never') return value;
  const otherwise = session.value(fallback, place);
  if (value.kind === 'environment') return { ...value, fallback: toPublic(otherwise) };
  return oneOf(
    [
      { when: missing, value: otherwise },
      { when: always, value },
    ],
    here.range,
    here.expression,
  );
}
