/** An option that is a switch and an object of options in one: `cors: true`, `cors: { … }`, `cors: isOpen ? { … } : false`. */
import { all, always, not, some } from '../../policy/request-test.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import type { Value } from '../../values/value.ts';

/** The options where they are switched on, and the condition under which they are; undefined where they never are. */
export function switchedOn(value: Value): { readonly value: Value; readonly when: RequestTest } | undefined {
  if (isOff(value)) return undefined;
  if (value.kind === 'predicate')
    return { value: { kind: 'boolean', value: true, range: value.range }, when: value.test };
  if (value.kind !== 'one-of') return { value, when: always };
  const choices = value.choices.flatMap((choice, index) => {
    const earlier = value.choices.slice(0, index).map(({ when }) => not(when));
    return isOff(choice.value) ? [] : [{ value: choice.value, when: all([...earlier, choice.when]) }];
  });
  return choices.length === 0
    ? undefined
    : { value: { ...value, choices }, when: some(choices.map(({ when }) => when)) };
}

function isOff(value: Value): boolean {
  return value.kind === 'nothing' || (value.kind === 'boolean' && !value.value);
}
