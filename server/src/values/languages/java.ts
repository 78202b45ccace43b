/** Java: texts, lists and streams, `java.util.regex`, `java.net`, requests of servlets, Spring and JAX-RS. */
import type { Inner } from '../inner-value.ts';
import { originSubject, partOfInput } from '../inner-value.ts';
import { patternTest } from '../origin-tests.ts';
import { entriesOf, keysOf, valueAt, valuesOf } from '../operations/dicts.ts';
import { concat } from '../operations/joining.ts';
import { everyMember, filterMembers, mapMembers, noMember, someMember } from '../operations/list-callbacks.ts';
import { character, memberAt, slice, split } from '../operations/slices.ts';
import {
  contains,
  endsWith,
  equalTo,
  equalWithoutCase,
  isEmpty,
  position,
  startsWith,
} from '../operations/text-tests.ts';
import { lowerCase, replace, trim, upperCase } from '../operations/texts.ts';
import { javaFunction } from './java-functions.ts';
import { javaModules } from './java-modules.ts';
import {
  fieldOfGetter,
  isFilledBySpring,
  jvmConstants,
  jvmRequest,
  jvmRole,
  matcher,
  matching,
  partOfUrl,
} from './jvm.ts';
import { springEnvironment, springSetting } from './spring-settings.ts';
import type { Methods, Operation, ValueLanguage } from './value-language.ts';

const itself: Operation = (receiver) => receiver;

/** `text.matches("https://.*")`: the pattern is given as a text, and has to fit the whole. */
const matchesWhole: Operation = (receiver, [source], { here, language }) => {
  if (source?.kind !== 'text' || originSubject(receiver) === undefined) return undefined;
  const pattern: Inner = {
    kind: 'pattern',
    pattern: { source: source.text, flags: '', dialect: language.patternDialect, mode: 'full' },
    ...(source.contentRange && { sourceRange: source.contentRange }),
    fromString: true,
    ...here,
  };
  return { kind: 'predicate', test: patternTest(pattern, receiver, here.range, 'full'), ...here };
};

/** A separator is a pattern: only one that no sign of a pattern stands in, or each of them behind a backslash, is a text. */
const splitAt: Operation = (receiver, [separator, ...rest], use) => {
  if (separator?.kind !== 'text') return undefined;
  const plain = separator.text.replaceAll(/\\s\*|\\([^\w])/g, '$1');
  return /[\\[\](){}*+?^$|]/.test(plain) || /(^|[^\\])\./.test(separator.text)
    ? undefined
    : split('parts')(receiver, [{ ...separator, text: plain }, ...rest], use);
};

/** `headers.get("Origin").get(0)`: the header is read as a list, which is not told from its one text. */
const firstOfHeader: Operation = (receiver, [index]) =>
  receiver.kind === 'request' && index?.kind === 'number' && index.value === 0 ? receiver : undefined;

/** What is looked for is a pattern, which matters to nobody who asks where a text comes from. */
const ofInput: Operation = (receiver) => partOfInput(receiver);

const methods: Methods = {
  text: {
    get: firstOfHeader,
    getFirst: (receiver, values) => (values.length === 0 && receiver.kind === 'request' ? receiver : undefined),
    equals: equalTo,
    contentEquals: equalTo,
    equalsIgnoreCase: equalWithoutCase,
    startsWith,
    endsWith: endsWith('none'),
    contains,
    indexOf: position('first'),
    lastIndexOf: position('last'),
    matches: matchesWhole,
    isEmpty,
    isBlank: isEmpty,
    toLowerCase: lowerCase,
    toUpperCase: upperCase,
    trim: trim('both'),
    strip: trim('both'),
    substring: slice('between'),
    charAt: character,
    replace: replace('all'),
    replaceAll: ofInput,
    replaceFirst: ofInput,
    split: splitAt,
    concat,
    toString: itself,
    getHost: partOfUrl('hostname'),
    getAuthority: partOfUrl('host'),
  },
  list: {
    contains,
    stream: itself,
    parallelStream: itself,
    toList: itself,
    toArray: itself,
    collect: itself,
    distinct: itself,
    get: memberAt,
    anyMatch: someMember,
    noneMatch: noMember,
    allMatch: everyMember,
    filter: filterMembers,
    map: mapMembers,
  },
  dict: {
    containsKey: contains,
    get: valueAt,
    getOrDefault: valueAt,
    keySet: keysOf,
    values: valuesOf,
    entrySet: entriesOf,
    matches: matching('full'),
    find: matching('search'),
    lookingAt: matching('prefix'),
  },
  pattern: { matcher },
};

export const valueLanguage = {
  name: 'java',
  // Only a boolean is tested; what a test of another language would ask is asked by a comparison here.
  falsy: { emptyText: true, zero: true, emptyList: true },
  negativeIndexes: false,
  patternDialect: 'java',
  methods,
  functionNamed: javaFunction,
  constants: jvmConstants,
  request: jvmRequest,
  modules: javaModules,
  objects: {
    selfNames: new Set(['this']),
    passesSelf: false,
    bindsMethods: true,
    isFilled: isFilledBySpring,
    fieldOfGetter,
    adds: new Set(['add', 'addAll', 'put', 'putAll', 'putIfAbsent']),
    addsEach: new Set(['addAll', 'putAll']),
    takesOut: new Set(['remove', 'removeAll', 'clear', 'removeIf', 'retainAll']),
  },
  flow: {
    looping: new Set(['forEach']),
    exits: new Set(['System.exit']),
    sends: new Set(['sendError', 'flushBuffer', 'sendRedirect']),
    timers: new Set(),
  },
  ofType: springEnvironment,
  settingOf: springSetting,
  isConstant: ({ kind, assignments }) => kind === 'const' || assignments.length === 0,
  roleOf: jvmRole,
  // What a field is given is not written where it stands.
  zeroOf: (_type, here) => ({ kind: 'unknown', ...here }),
} satisfies ValueLanguage;
