/** What texts of Java answer about themselves. */
import { isSet } from '../circumstances.ts';
import { not, originPresent } from '../../policy/request-test.ts';
import { equals } from '../origin-tests.ts';
import { originSubject, predicate } from '../inner-value.ts';
import type { Inner } from '../inner-value.ts';
import type { Operation, Use } from './value-language.ts';

/** `a.equals(b)`. */
export const equalTo: Operation = (receiver, [other], { here: { range, expression } }) =>
  other && predicate(equals(receiver, other, range), range, expression);

/** Whether there is a text that is not empty. */
export const isPresent: Operation = (receiver, _values, { here }: Use): Inner | undefined => {
  const { range, expression } = here;
  if (receiver.kind === 'text') return { kind: 'boolean', value: receiver.text.trim() !== '', ...here };
  if (receiver.kind === 'nothing') return { kind: 'boolean', value: false, ...here };
  if (receiver.kind === 'environment') return predicate(isSet(receiver.name), range, expression);
  return originSubject(receiver)?.part === 'origin' ? predicate(originPresent, range, expression) : undefined;
};

export const isEmpty: Operation = (receiver, values, use) => {
  const present = isPresent(receiver, values, use);
  if (present?.kind === 'boolean') return { ...present, value: !present.value };
  return present?.kind === 'predicate' ? predicate(not(present.test), use.here.range, use.here.expression) : undefined;
};
