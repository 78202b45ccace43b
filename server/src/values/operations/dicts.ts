/** Dictionaries: their keys, values, and what stands under one. */
import { always } from '../../policy/request-test.ts';
import { oneOf, originSubject } from '../inner-value.ts';
import type { Inner } from '../inner-value.ts';
import type { Operation } from '../languages/value-language.ts';
import { equals } from '../origin-tests.ts';
import type { At } from '../session.ts';
import type { Dict, Value } from '../value.ts';

function listIn(receiver: Dict, items: readonly Value[], here: At): Inner {
  return { kind: 'list', items, open: receiver.open, type: 'list', ...here };
}

export const keysOf: Operation = (receiver, _values, { here }) =>
  receiver.kind === 'dict'
    ? listIn(
        receiver,
        receiver.entries.map((entry): Value => ({ kind: 'text', text: entry.key, range: entry.keyRange })),
        here,
      )
    : undefined;

export const valuesOf: Operation = (receiver, _values, { here }) =>
  receiver.kind === 'dict'
    ? listIn(
        receiver,
        receiver.entries.map((entry) => entry.value),
        here,
      )
    : undefined;

/** Pairs of key and value. */
export const entriesOf: Operation = (receiver, _values, { here }) =>
  receiver.kind === 'dict'
    ? listIn(
        receiver,
        receiver.entries.map((entry): Value => ({
          kind: 'list',
          items: [{ kind: 'text', text: entry.key, range: entry.keyRange }, entry.value],
          open: false,
          type: 'tuple',
          range: entry.range,
        })),
        here,
      )
    : undefined;

/** `dict.get(key, otherwise)`. */
export const valueAt: Operation = (receiver, [key, otherwise], { here }) => {
  if (receiver.kind !== 'dict' || key === undefined) return undefined;
  const missing: Inner = receiver.open ? { kind: 'unknown', ...here } : (otherwise ?? { kind: 'nothing', ...here });
  if (key.kind === 'text') return receiver.entries.find((entry) => entry.key === key.text)?.value ?? missing;
  return originSubject(key) === undefined ? undefined : valueByOrigin(receiver, key, missing, here);
};

/** What stands under the origin's own text: one choice for each key, and what is given where none is met. */
export function valueByOrigin(dict: Dict, key: Inner, missing: Inner, here: At): Inner {
  const choices = dict.entries.map((entry) => ({
    when: equals(key, { kind: 'text', text: entry.key, range: entry.keyRange }, here.range),
    value: entry.value as Inner,
  }));
  return oneOf([...choices, { when: always, value: missing }], here.range, here.expression);
}
