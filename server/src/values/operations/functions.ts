/** Functions of libraries: what they are given, and those that mean the same in many languages. */
import type { Call } from '../../syntax/programs/program.ts';
import { unknown } from '../../policy/request-test.ts';
import type { Inner, Path } from '../inner-value.ts';
import { mapChoices, originSubject, predicate, toPublic, truth } from '../inner-value.ts';
import type { Arguments, GivenArgument, LibraryFunction, Operation, Use } from '../languages/value-language.ts';
import type { At, Place, Session } from '../session.ts';
import type { List, Value } from '../value.ts';
import { keysOf } from './dicts.ts';

/** Arguments of a call as it is written. */
export function givenTo(call: Call, session: Session, place: Place): Arguments {
  const positional = call.arguments.filter(({ name, spread }) => name === undefined && !spread);
  const argument = (index: number, keyword?: string) =>
    (keyword === undefined ? undefined : call.arguments.find(({ name }) => name === keyword)) ?? positional[index];
  return {
    at(index, keyword) {
      const found = argument(index, keyword);
      return found && session.value(found.value, place);
    },
    expressionAt: (index, keyword) => argument(index, keyword)?.value,
    all: call.arguments.map(({ name, nameRange, range, spread, value }): GivenArgument => ({
      ...(name !== undefined && { name }),
      ...(nameRange && { nameRange }),
      range,
      spread,
      value: () => session.value(value, place),
    })),
  };
}

/** Values that are handed over by somebody else: a list hands its members to a function. */
export function givenValues(values: readonly Inner[], { here }: Use): Arguments {
  return {
    at: (index) => values[index],
    expressionAt: () => undefined,
    all: values.map((value) => ({ range: here.range, spread: false, value: () => value })),
  };
}

/** A function whose first argument is what a method of other languages is called on: `strings.HasPrefix(origin, text)`. */
export function functionOf(operation: Operation, count = 3): LibraryFunction {
  return (given, use) => {
    const receiver = given.at(0);
    if (receiver === undefined || given.all.some(({ spread }) => spread)) return undefined;
    const values: Inner[] = [];
    for (let index = 1; index <= count; index += 1) {
      const value = given.at(index);
      if (value !== undefined) values.push(value);
    }
    return mapChoices(receiver, (one) => operation(one, values, use) ?? { kind: 'unknown', ...use.here });
  };
}

/** Gives its argument as it is: `Object.freeze`, `str`. */
export function itself(index = 0): LibraryFunction {
  return (given) => given.at(index);
}

/** `Boolean(x)`, `bool(x)`; false where nothing is given. */
export const asBoolean: LibraryFunction = (given, { here, language }) => {
  const first = given.at(0);
  return first
    ? predicate(truth(first, language.falsy), here.range, here.expression)
    : { kind: 'boolean', value: false, ...here };
};

/** `new Set(list)`, `tuple(list)`: the members as another kind of list; of a dictionary its keys. */
export function asList(type: List['type']): LibraryFunction {
  return (given, use) => {
    const value = given.at(0);
    const none: Inner = { kind: 'list', items: [], open: false, type, ...use.here };
    return value === undefined ? none : mapChoices(value, (one) => listFrom(one, type, none, use));
  };
}

function listFrom(value: Inner, type: List['type'], none: Inner, use: Use): Inner {
  if (value.kind === 'list') return { ...value, type, ...use.here };
  if (value.kind === 'environment') return value;
  if (value.kind === 'dict') return keysOf(value, [], use)!;
  return value.kind === 'nothing' ? none : { kind: 'unknown', ...use.here };
}

/** `Array.of(a, b)`: a list of what is given; not known with a spread. */
export const listOfArguments: LibraryFunction = ({ all }, { here }) =>
  all.some(({ spread }) => spread)
    ? undefined
    : { kind: 'list', items: all.map(({ value }) => toPublic(value())), open: false, type: 'list', ...here };

/** `len(x)`. */
export const lengthOf: LibraryFunction = (given, { here }) => {
  const first = given.at(0);
  return (
    first &&
    mapChoices(first, (one): Inner => {
      if (one.kind === 'list' && !one.open) return { kind: 'number', value: one.items.length, ...here };
      const subject = originSubject(one);
      if (subject !== undefined) return { kind: 'length', of: subject.part, minus: 0, ...here };
      if (one.kind === 'text') return { kind: 'number', value: one.text.length, ...here };
      return { kind: 'unknown', ...here };
    })
  );
};

/** `enumerate(list)`: pairs of a number and a member. */
export const numbered: LibraryFunction = (given, { here }) => {
  const first = given.at(0);
  if (first?.kind !== 'list') return undefined;
  const items = first.items.map((item, value): Value => ({
    kind: 'list',
    items: [{ kind: 'number', value, ...here }, item],
    open: false,
    type: 'tuple',
    ...here,
  }));
  return { ...first, ...here, items };
};

/** Whether it is a list. */
export const isList: LibraryFunction = (given, { here }) => {
  const first = given.at(0);
  return (
    first &&
    mapChoices(first, (one): Inner => {
      if (one.kind === 'list') return { kind: 'boolean', value: true, ...here };
      if (one.kind === 'text' || one.kind === 'dict' || one.kind === 'request')
        return { kind: 'boolean', value: false, ...here };
      return { kind: 'predicate', test: unknown(one.kind === 'environment' ? 'independent' : undefined), ...here };
    })
  );
};

/** An environment variable by its name, with its fallback where one is given. */
export function environmentVariable(
  options: { readonly split?: boolean; readonly fallback?: readonly [index: number, keyword?: string] } = {},
): LibraryFunction {
  return (given, { here }) => {
    const name = given.at(0);
    if (name?.kind !== 'text') return undefined;
    const fallback = options.fallback && given.at(...options.fallback);
    const isKnown =
      fallback !== undefined && fallback.kind !== 'nothing' && fallback.kind !== 'path' && fallback.kind !== 'unknown';
    return {
      kind: 'environment',
      name: name.text,
      ...(isKnown && { fallback: toPublic(fallback) }),
      ...(options.split && { split: true }),
      ...here,
    };
  };
}

/** A text of JSON that is a list of texts. */
export const parsedJson: LibraryFunction = (given, { here }) => {
  const value = given.at(0);
  return value && jsonOf(value, here);
};

function jsonOf(value: Inner, here: At): Inner | undefined {
  if (value.kind === 'environment')
    return {
      ...value,
      ...here,
      fallback: value.fallback && toPublic(jsonOf(value.fallback, here) ?? { kind: 'unknown', ...here }),
    };
  if (value.kind !== 'text') return undefined;
  const items = /^\s*\[\s*((?:"[^"\\]*"\s*(?:,\s*)?)*)\]\s*$/.exec(value.text)?.[1];
  if (items === undefined) return undefined;
  return {
    kind: 'list',
    open: false,
    type: 'list',
    items: [...items.matchAll(/"([^"\\]*)"/g)].map(([, text]) => ({ kind: 'text', text: text!, range: value.range })),
    ...here,
  };
}

/** A URL taken apart: of the origin its parts are known, of the request's own address nothing. */
export const parsedUrl: LibraryFunction = (given, { here }) => {
  const value = given.at(0);
  return (
    value &&
    mapChoices(value, (one): Inner => {
      if (originSubject(one)?.part === 'origin')
        return { kind: 'origin-piece', part: 'url', ignoreCase: false, ...here };
      // An absent origin stands as '' in `new URL(origin || '')`, which throws.
      if (one.kind === 'nothing' || (one.kind === 'text' && one.text === '')) return { kind: 'nothing', ...here };
      const address: Path = { kind: 'path', root: 'parameter', names: ['request', 'url'], ...here };
      if (one.kind === 'request') return { ...address, urlIn: one };
      return one.kind === 'path' ? address : { kind: 'unknown', ...here };
    })
  );
};

/** A text that is compiled to a regular expression with these flags; undefined `flags`: they are not known. */
export function compiledPattern(source: Inner, flags: string | undefined, use: Use): Inner {
  if (source.kind === 'environment') {
    const { fallback } = source;
    const at: At = fallback ? { range: fallback.range, expression: fallback.expression } : use.here;
    return {
      ...source,
      ...use.here,
      fallback: fallback && toPublic(compiledPattern(fallback, flags, { ...use, here: at })),
    };
  }
  if (source.kind === 'pattern') return source;
  if (source.kind !== 'text' || flags === undefined) return { kind: 'unknown', ...use.here };
  return {
    kind: 'pattern',
    pattern: { source: source.text, flags, dialect: use.language.patternDialect, mode: 'search' },
    ...(source.contentRange && { sourceRange: source.contentRange }),
    fromString: true,
    ...use.here,
  };
}
