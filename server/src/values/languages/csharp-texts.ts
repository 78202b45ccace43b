/** What texts of C# answer about themselves and about others. */
import { all, not, originPresent } from '../../policy/request-test.ts';
import { equals } from '../origin-tests.ts';
import { originSubject, predicate } from '../inner-value.ts';
import type { Inner } from '../inner-value.ts';
import { withoutEdge } from '../cuts.ts';
import { piece } from '../operations/pieces.ts';
import { comparedTo, equalTo } from '../operations/text-tests.ts';
import { lowerCase, trim } from '../operations/texts.ts';
import type { Operation } from './value-language.ts';

/** `StringComparison.OrdinalIgnoreCase`, `StringComparer.InvariantCultureIgnoreCase`, and the `true` of `string.Compare`. */
const isLoose = (value: Inner | undefined): boolean =>
  (value?.kind === 'text' && value.text.endsWith('IgnoreCase')) || (value?.kind === 'boolean' && value.value);

/** The test or comparison with the first value; where the other values say so, upper and lower case are the same. */
export function compared(operation: Operation): Operation {
  return (receiver, [other, ...how], use) => {
    if (other === undefined) return undefined;
    if (!how.some(isLoose)) return operation(receiver, [other], use);
    const [left, right] = [lowerCase(receiver, [], use), lowerCase(other, [], use)];
    return left && right ? operation(left, [right], use) : operation(receiver, [other], use);
  };
}

/** `a.Equals(b)`, `string.Equals(a, b, StringComparison.OrdinalIgnoreCase)`. */
export const equalText: Operation = compared(equalTo);

/** `string.Compare(a, b, true) == 0`. */
export const ordered: Operation = compared(comparedTo);

/** Whether a text is the address of something: of origins, all but `null` and none. */
export const isAddress: Operation = (receiver, _values, { here: { range, expression } }) => {
  if (originSubject(receiver)?.part !== 'origin') return undefined;
  const nowhere = equals(receiver, { kind: 'text', text: 'null', range }, range);
  return predicate(all([originPresent, not(nowhere)]), range, expression);
};

/** `text.TrimEnd('/')`: every one of these letters at the end. Of the origin, what is cut off once is all that there can be. */
export function trimmedAt(side: 'start' | 'end'): Operation {
  return (receiver, values, use) => {
    const [letters, other] = values;
    if (letters === undefined) return trim(side)(receiver, [], use);
    if (letters.kind !== 'text' || other !== undefined) return undefined;
    if (receiver.kind === 'text') return { ...receiver, text: cut(receiver.text, letters.text, side), ...use.here };
    const subject = originSubject(receiver);
    return subject && letters.text.length === 1
      ? piece(withoutEdge(subject.part, letters.text, side), subject, use.here)
      : receiver.kind === 'environment'
        ? receiver
        : undefined;
  };
}

/** `origin.RemovePostFix("/")` of ABP. */
export const withoutEnding: Operation = (receiver, values, use) =>
  values.length === 1 && values[0]!.kind === 'text' && values[0]!.text.length === 1
    ? trimmedAt('end')(receiver, values, use)
    : undefined;

function cut(text: string, letters: string, side: 'start' | 'end'): string {
  let [start, end] = [0, text.length];
  while (side === 'start' && start < end && letters.includes(text[start]!)) start += 1;
  while (side === 'end' && end > start && letters.includes(text[end - 1]!)) end -= 1;
  return text.slice(start, end);
}
