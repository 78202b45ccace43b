/** Methods of lists that take a callback: the callback is followed once for each member. */
import type { RequestTest } from '../policy/request-test.ts';
import { all, always, never, some, unknown } from '../policy/request-test.ts';
import { ofFallback } from './conditions.ts';
import type { Choice, Inner } from './inner-value.ts';
import { oneOf, originTestsOrUnknownIn, predicate, toPublic, truth } from './inner-value.ts';
import { joinLists } from './fold.ts';
import { methodCall } from './methods.ts';
import type { At, Place, Session } from './session.ts';
import type { List } from './value.ts';

const names = new Set(['some', 'every', 'find', 'findLast', 'filter', 'findIndex', 'map', 'flatMap', 'any', 'all']);

/** `list.some(callback)` and its kin; undefined when the call is none of them. */
export function listCallback(
  list: Inner,
  name: string,
  values: readonly Inner[],
  here: At,
  session: Session,
  place: Place,
): Inner | undefined {
  const callback = values[0];
  if (callback === undefined || !names.has(name)) return undefined;
  if (list.kind === 'environment')
    return environmentList(list, name, here, (fallback) => listCallback(fallback, name, values, here, session, place));
  if (list.kind === 'dict' && name === 'some') return { kind: 'unknown', ...here };
  if (list.kind !== 'list') return undefined;
  const { language } = place.program;
  const results = list.items.map((item, index) => result(callback, item, index, here, session, place));
  if (name === 'map') return { ...list, ...here, items: results.map(toPublic) };
  if (name === 'flatMap')
    return joinLists(
      results.map((one): Inner =>
        one.kind === 'list' ? one : { kind: 'list', items: [toPublic(one)], open: false, type: 'list', ...here },
      ),
      here,
    );
  const tests = results.map((one) => truth(one, language));
  return summary(list, name, tests, here);
}

function result(callback: Inner, item: Inner, index: number, here: At, session: Session, place: Place): Inner {
  if (callback.kind === 'path' && callback.root === 'global') {
    const name = callback.names.join('.');
    if (name === 'Boolean') return predicate(truth(item, 'javascript'), here.range);
    if (name === 'String') return item;
    // `map(str.strip, hosts)`.
    if (/^str\.\w+$/.test(name))
      return methodCall(item, name.slice(4), [], here, 'python') ?? { kind: 'unknown', ...here };
    return { kind: 'unknown', ...here };
  }
  return session.apply(callback, [item, { kind: 'number', value: index, ...here }], here, place);
}

function summary(list: List, name: string, tests: readonly RequestTest[], here: At): Inner {
  const open = list.open ? [unknown()] : [];
  const any = some([...tests, ...open]);
  switch (name) {
    case 'some':
    case 'any':
      return predicate(any, here.range, here.expression);
    case 'every':
    case 'all':
      return predicate(all([...tests, ...open]), here.range, here.expression);
    case 'findIndex':
      return { kind: 'position', found: any, first: tests[0] ?? (list.open ? unknown() : never), ...here };
    case 'find':
    case 'findLast': {
      const choices: Choice[] = list.items.map((item, index) => ({ when: tests[index]!, value: item }));
      if (name === 'findLast') choices.reverse();
      if (list.open) choices.push({ when: unknown(), value: { kind: 'unknown', ...here } });
      return oneOf([...choices, { when: always, value: { kind: 'nothing', ...here } }], here.range, here.expression);
    }
    default: {
      if (tests.every((test) => test.kind === 'always' || test.kind === 'never'))
        return { ...list, items: list.items.filter((_, index) => tests[index]!.kind === 'always') };
      // A filter that asks nothing of the request keeps members that may be there.
      if (!tests.some(originTestsOrUnknownIn)) {
        return { ...list, items: list.items.filter((_, index) => tests[index]!.kind !== 'never') };
      }
      return { kind: 'count', some: any, ...here };
    }
  }
}

function environmentList(
  list: Extract<Inner, { kind: 'environment' }>,
  name: string,
  here: At,
  apply: (fallback: Inner) => Inner | undefined,
): Inner {
  const fallback = list.fallback?.kind === 'list' ? apply(list.fallback) : undefined;
  if (name === 'map' || name === 'filter' || name === 'flatMap') {
    const { fallback: _, ...rest } = list;
    return fallback ? { ...rest, fallback: toPublic(fallback) } : list.fallback?.kind === 'list' ? rest : list;
  }
  if (name === 'findIndex') return { kind: 'position', found: unknown(), first: unknown(), ...here };
  if (name === 'find' || name === 'findLast') return { kind: 'unknown', ...here };
  return {
    kind: 'predicate',
    test: ofFallback(list, () => (fallback ? truth(fallback, 'javascript') : unknown())),
    ...here,
  };
}
