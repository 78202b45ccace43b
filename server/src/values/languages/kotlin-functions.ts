/** Functions of Kotlin's standard library and of Ktor, by the name that programs call them. */
import type { Inner } from '../inner-value.ts';
import { mapChoices, toPublic } from '../inner-value.ts';
import {
  asList,
  compiledPattern,
  environmentVariable,
  functionOf,
  listOfArguments,
  parsedUrl,
} from '../operations/functions.ts';
import type { DictEntry } from '../value.ts';
import { javaFunction } from './java-functions.ts';
import type { Arguments, LibraryFunction, Methods, Use } from './value-language.ts';

/** `listOf("a", *others)`: the members of what stands behind a star are members, too. */
const listOf: LibraryFunction = (given, use) => {
  if (!given.all.some(({ spread }) => spread)) return listOfArguments(given, use);
  const values = given.all.map(({ value, spread }): Inner => {
    const one = value();
    return spread || one.kind === 'list'
      ? one
      : { kind: 'list', type: 'list', items: [toPublic(one)], open: false, ...use.here };
  });
  const [only] = values;
  if (values.length === 1 && only?.kind === 'environment') return only;
  return {
    kind: 'list',
    type: 'list',
    items: values.flatMap((one) => (one.kind === 'list' ? one.items : [])),
    open: values.some((one) => one.kind !== 'list' || one.open),
    ...use.here,
  };
};

/** `listOfNotNull(a, b)`: what may be missing is left out. */
const listOfNotNull: LibraryFunction = (given, use) => {
  const list = listOf(given, use);
  return list?.kind === 'list' ? { ...list, items: list.items.filter(({ kind }) => kind !== 'nothing') } : list;
};

/** `mapOf("a" to 1, "b" to 2)`. */
const mapOf: LibraryFunction = (given, { here }) => {
  const entries = given.all.flatMap(({ value, range }): DictEntry[] => {
    const pair = value();
    const [key, of] = pair.kind === 'list' ? pair.items : [];
    return key?.kind === 'text' && of ? [{ key: key.text, keyRange: key.range, value: of, range }] : [];
  });
  return { kind: 'dict', entries, open: entries.length < given.all.length, ...here };
};

/** `Regex("…", RegexOption.IGNORE_CASE)`; other options are not known. */
const regex: LibraryFunction = (given, use) => {
  const [source, options] = [given.at(0), given.expressionAt(1)];
  const flags = options === undefined ? '' : /\bIGNORE_CASE$/.test(options.text) ? 'i' : undefined;
  return source && mapChoices(source, (one) => compiledPattern(one, flags, use));
};

/** `environment.config.property("cors.hosts")` of Ktor waits for `getString()` or `getList()`. */
const setting = environmentVariable();

/** `with(origin) { … }` and `run { … }`. */
const run: LibraryFunction = (given, use) => applied(given.all.at(-1)?.value(), [], use);
const withReceiver: LibraryFunction = (given, use) => {
  const receiver = given.at(0);
  return receiver && applied(given.all.at(-1)?.value(), [receiver], use);
};

export function applied(callback: Inner | undefined, values: readonly Inner[], use: Use): Inner | undefined {
  return callback?.kind === 'function' ? use.session.apply(callback, values, use.here, use.place) : undefined;
}

const functions: Readonly<Record<string, LibraryFunction>> = {
  listOf,
  setOf: listOf,
  arrayOf: listOf,
  mutableListOf: listOf,
  mutableSetOf: listOf,
  arrayListOf: listOf,
  hashSetOf: listOf,
  linkedSetOf: listOf,
  sequenceOf: listOf,
  listOfNotNull,
  emptyList: listOf,
  emptySet: listOf,
  emptyArray: listOf,
  mapOf,
  mutableMapOf: mapOf,
  hashMapOf: mapOf,
  emptyMap: mapOf,
  Regex: regex,
  Url: parsedUrl,
  URLBuilder: parsedUrl,
  'Regex.escape': (given: Arguments, { here }: Use) => {
    const text = given.at(0);
    return text?.kind === 'text'
      ? { kind: 'text', text: text.text.replaceAll(/[-\\^$*+?.()|[\]{}]/g, '\\$&'), ...here }
      : undefined;
  },
  run,
  with: withReceiver,
  HashSet: asList('list'),
};

/** `environment.config.property("x")`, whatever holds the settings. */
const settings =
  /(^|\.)(config|environmentConfig|applicationConfig|hocon)\.(property|propertyOrNull|tryGetString|tryGetStringList)$/;

/** `String::trim` names a method of the members. */
export function kotlinFunction(name: string, methods: Methods): LibraryFunction | undefined {
  const method = /^(?:String|CharSequence)\.(.+)$/.exec(name)?.[1];
  if (method !== undefined && Object.hasOwn(methods.text, method)) return functionOf(methods.text[method]!);
  if (settings.test(name)) return setting;
  return Object.hasOwn(functions, name) ? functions[name] : javaFunction(name);
}
