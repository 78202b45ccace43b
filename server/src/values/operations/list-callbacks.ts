/** Methods of lists that take a function: it is followed once for each member. */
import type { RequestTest } from '../../policy/request-test.ts';
import { all, always, never, not, some, unknown } from '../../policy/request-test.ts';
import { ofFallback } from '../circumstances.ts';
import { takesOriginAlong } from '../influence.ts';
import type { Choice, Inner } from '../inner-value.ts';
import { oneOf, originTestsOrUnknownIn, predicate, toPublic, truth } from '../inner-value.ts';
import type { Operation, Use } from '../languages/value-language.ts';
import type { At } from '../session.ts';
import type { List, Value } from '../value.ts';
import { givenValues } from './functions.ts';
import { joinLists, listOf } from './joining.ts';

/** How the results for the members become one. */
type Summary = (list: List, tests: readonly RequestTest[], here: At) => Inner;

/** What an environment variable gives: the same of its fallback, else something that is not known. */
type OfVariable = (variable: Inner & { kind: 'environment' }, ofFallback: Inner | undefined, use: Use) => Inner;

function overMembers(
  ofList: (list: List, results: readonly Inner[], use: Use) => Inner,
  ofVariable: OfVariable,
): Operation {
  const operation: Operation = (receiver, values, use) => {
    const [callback] = values;
    if (callback === undefined) return undefined;
    if (receiver.kind === 'environment') {
      const fallback = receiver.fallback?.kind === 'list' ? operation(receiver.fallback, values, use) : undefined;
      return ofVariable(receiver, fallback, use);
    }
    if (receiver.kind !== 'list') return undefined;
    return ofList(
      receiver,
      receiver.items.map((item, index) => applied(callback, item, index, use)),
      use,
    );
  };
  return operation;
}

function applied(callback: Inner, item: Inner, index: number, use: Use): Inner {
  const { here, session, place, language } = use;
  if (callback.kind === 'path' && callback.root === 'global') {
    const call = language.functionNamed(callback.names.join('.'));
    return call?.(givenValues([item], use), use) ?? { kind: 'unknown', ...here };
  }
  return session.apply(callback, [item, { kind: 'number', value: index, ...here }], here, place);
}

function tested(summary: Summary, ofVariable: OfVariable): Operation {
  return overMembers(
    (list, results, { here, language }) =>
      summary(
        list,
        results.map((one) => truth(one, language.falsy)),
        here,
      ),
    ofVariable,
  );
}

const mayBeMore = ({ open }: List): RequestTest[] => (open ? [unknown()] : []);
const testOfVariable: OfVariable = (variable, fallback, { here, language }) => ({
  kind: 'predicate',
  test: ofFallback(variable, () => (fallback ? truth(fallback, language.falsy) : unknown())),
  ...here,
});
const listOfVariable: OfVariable = (variable, changed) => {
  const { fallback, ...rest } = variable;
  if (changed) return { ...rest, fallback: toPublic(changed) };
  return fallback?.kind === 'list' ? rest : variable;
};

/** Whether the function holds for one of the members. */
export const someMember = tested(
  (list, tests, here) => predicate(some([...tests, ...mayBeMore(list)]), here.range, here.expression),
  testOfVariable,
);

/** Whether the function holds for none of the members. */
export const noMember: Operation = (receiver, values, use) => {
  const found = values.length === 1 ? someMember(receiver, values, use) : undefined;
  return found && predicate(not(truth(found, use.language.falsy)), use.here.range, use.here.expression);
};

/** Whether it holds for all of them. */
export const everyMember = tested(
  (list, tests, here) => predicate(all([...tests, ...mayBeMore(list)]), here.range, here.expression),
  testOfVariable,
);

/** Where the first member is for which it holds. */
export const memberPosition = tested(
  (list, tests, here) => ({
    kind: 'position',
    found: some([...tests, ...mayBeMore(list)]),
    first: tests[0] ?? (list.open ? unknown() : never),
    ...here,
  }),
  (_variable, _fallback, { here }) => ({ kind: 'position', found: unknown(), first: unknown(), ...here }),
);

/** The first or last member for which it holds. */
export function findMember(which: 'first' | 'last'): Operation {
  return tested(
    (list, tests, here) => {
      const choices: Choice[] = list.items.map((item, index) => ({ when: tests[index]!, value: item }));
      if (which === 'last') choices.reverse();
      if (list.open) choices.push({ when: unknown(), value: { kind: 'unknown', ...here } });
      return oneOf([...choices, { when: always, value: { kind: 'nothing', ...here } }], here.range, here.expression);
    },
    (_variable, _fallback, { here }) => ({ kind: 'unknown', ...here }),
  );
}

/** A list that a variable holds is one no more where each member is compared with who asks: `variable.map((site) => site === caller)`. */
function unlessAsking(operation: Operation): Operation {
  return (receiver, values, use) => {
    const [callback] = values;
    const asks = receiver.kind === 'environment' && callback?.kind === 'function';
    return asks && takesOriginAlong(callback.function, use.session, use.place)
      ? { kind: 'unknown', ...use.here }
      : operation(receiver, values, use);
  };
}

/** The members for which it holds; of one that has several values, those for which it holds. */
export const filterMembers = unlessAsking((receiver, values, use) => {
  const [callback] = values;
  if (receiver.kind !== 'list' || callback === undefined) return filtered(receiver, values, use);
  const fails = (item: Inner): boolean => truth(applied(callback, item, 0, use), use.language.falsy).kind === 'never';
  return filtered({ ...receiver, items: receiver.items.map((item) => withoutFailing(item, fails)) }, values, use);
});

/** `[dev ? 'http://localhost:3000' : ''].filter(Boolean)`, `[EXTRA || ''].filter(Boolean)`: nothing stands in the place of a text that is left out. */
function withoutFailing(item: Value, fails: (item: Value) => boolean): Value {
  if (item.kind === 'environment' && item.fallback && fails(item.fallback)) return { ...item, fallback: undefined };
  if (item.kind !== 'one-of') return item;
  const choices = item.choices.map(({ when, value }) => ({
    when,
    value: fails(value) ? ({ kind: 'nothing', range: value.range } as const) : value,
  }));
  return { ...item, choices };
}

const filtered = tested((list, tests, here) => {
  if (tests.every((test) => test.kind === 'always' || test.kind === 'never'))
    return { ...list, items: list.items.filter((_, index) => tests[index]!.kind === 'always') };
  // A filter that asks nothing of the request keeps members that may be there.
  if (!tests.some(originTestsOrUnknownIn))
    return { ...list, items: list.items.filter((_, index) => tests[index]!.kind !== 'never') };
  return { kind: 'count', some: some([...tests, ...mayBeMore(list)]), ...here };
}, listOfVariable);

/** What it gives for each member. */
export const mapMembers = unlessAsking(
  overMembers((list, results, { here }) => ({ ...list, ...here, items: results.map(toPublic) }), listOfVariable),
);

/** The same, where it gives lists: their members one after the other. */
export const flatMapMembers = unlessAsking(
  overMembers(
    (_list, results, { here }) =>
      joinLists(
        results.map((one): Inner => (one.kind === 'list' ? one : listOf(one, here))),
        here,
      ),
    listOfVariable,
  ),
);

/** Whether one member of a list is truthy, or all of them: `any([…])`. */
export function truthOfMembers(list: Inner, which: 'some' | 'every', { here, language }: Use): Inner {
  if (list.kind !== 'list') return { kind: 'predicate', test: unknown(), ...here };
  const wanted = which === 'some';
  const choices: Choice[] = list.items.map((item) => ({
    when: wanted ? truth(item, language.falsy) : not(truth(item, language.falsy)),
    value: { kind: 'boolean', value: wanted, ...here },
  }));
  if (list.open) choices.push({ when: unknown(), value: { kind: 'boolean', value: wanted, ...here } });
  return oneOf(
    [...choices, { when: always, value: { kind: 'boolean', value: !wanted, ...here } }],
    here.range,
    here.expression,
  );
}
