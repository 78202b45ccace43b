/** Functions of Go's standard library and of the language itself, by dotted name. */
import type { RequestTest } from '../../policy/request-test.ts';
import { all, always, not, originPresent } from '../../policy/request-test.ts';
import { behindFirst, segment } from '../cuts.ts';
import { isSet } from '../circumstances.ts';
import { mapChoices, oneOf, originSubject, predicate } from '../inner-value.ts';
import type { Inner } from '../inner-value.ts';
import { equals } from '../origin-tests.ts';
import {
  compiledPattern,
  environmentVariable,
  functionOf,
  itself,
  lengthOf,
  parsedUrl,
} from '../operations/functions.ts';
import { concatenate, join, joinLists, listOf } from '../operations/joining.ts';
import { memberPosition, someMember } from '../operations/list-callbacks.ts';
import { piece } from '../operations/pieces.ts';
import { split } from '../operations/slices.ts';
import {
  comparedTo,
  contains,
  endsWith,
  equalWithoutCase,
  position,
  startsWith,
  testedBy,
} from '../operations/text-tests.ts';
import { lowerCase, replace, trim, trimLetters, upperCase, withoutAffix } from '../operations/texts.ts';
import type { At } from '../session.ts';
import type { DictEntry, Value } from '../value.ts';
import type { LibraryFunction, Operation, Use } from './value-language.ts';

/** Several results; parts of the origin among them stay what they are, so that the name that takes them knows it. */
function results(values: readonly Inner[], here: At): Inner {
  return { kind: 'list', items: values as unknown as Value[], open: false, type: 'tuple', ...here };
}

const nil = (here: At): Inner => ({ kind: 'nothing', ...here });

/** A result beside an error that there is none of: what is parsed here can be parsed, or nothing is known of it. */
function withoutError(one: LibraryFunction): LibraryFunction {
  return (given, use) => {
    const value = one(given, use);
    return value && results([value, nil(use.here)], use.here);
  };
}

/** `strings.Replace(text, from, to, -1)`: all of them where the number is negative, one where it is 1. */
const replaced: LibraryFunction = (given, use) => {
  const count = given.at(3);
  if (count?.kind !== 'number' || count.value === 0 || count.value > 1) return undefined;
  return functionOf(replace(count.value < 0 ? 'all' : 'first'), 2)(given, use);
};

/** `strings.Fields(text)`; a variable that is not set is the empty text, of which there are none. */
const fields: Operation = (receiver, _values, use) => {
  const isMissing = receiver.kind === 'environment' && receiver.fallback === undefined;
  const fallback = { kind: 'text', text: '', range: receiver.range } as const;
  return split('parts')(isMissing ? { ...receiver, fallback } : receiver, [], use);
};

/** `before, after, found := strings.Cut(origin, "://")`. */
const cut: Operation = (receiver, [separator], { here }) => {
  const subject = originSubject(receiver);
  if (separator?.kind !== 'text') return undefined;
  if (receiver.kind === 'text') {
    const at = receiver.text.indexOf(separator.text);
    const text = (of: string): Inner => ({ kind: 'text', text: of, ...here });
    const after = at < 0 ? '' : receiver.text.slice(at + separator.text.length);
    return results(
      [text(at < 0 ? receiver.text : receiver.text.slice(0, at)), text(after), boolean(at >= 0, here)],
      here,
    );
  }
  if (subject === undefined) return undefined;
  const before = piece(segment(subject.part, separator.text, 0), subject, here);
  const after = piece(behindFirst(subject.part, separator.text, true), subject, here);
  return before && after
    ? results([before, after, contains(receiver, [separator], { here } as Use) ?? unread(here)], here)
    : undefined;
};

const unread = (here: At): Inner => ({ kind: 'unknown', ...here });
const boolean = (value: boolean, here: At): Inner => ({ kind: 'boolean', value, ...here });

/** `append(list, a, b)` and `append(list, more...)`. */
const append: LibraryFunction = (given, { here }) => {
  const [first, ...others] = given.all;
  if (first === undefined) return undefined;
  return joinLists(
    [first.value(), ...others.map(({ spread, value }) => (spread ? value() : listOf(value(), here)))],
    here,
  );
};

/** `make([]string, 0, 4)`, `make(map[string]bool)`; a list that is made with a length is full of zeroes. */
const make: LibraryFunction = (given, { here }) => {
  const type = given.expressionAt(0)?.text ?? '';
  const length = given.at(1);
  if (type.startsWith('[]'))
    return { kind: 'list', items: [], open: length?.kind !== 'number' || length.value > 0, type: 'list', ...here };
  return type.startsWith('map[') ? { kind: 'dict', entries: [], open: false, ...here } : undefined;
};

/** `value, ok := os.LookupEnv("X")`. */
const lookUpEnvironment: LibraryFunction = (given, use) => {
  const variable = environmentVariable()(given, use);
  return variable?.kind === 'environment'
    ? results([variable, predicate(isSet(variable.name), use.here.range, use.here.expression)], use.here)
    : undefined;
};

const compiled: LibraryFunction = (given, use) => {
  const source = given.at(0);
  return source && mapChoices(source, (one) => compiledPattern(one, '', use));
};

/** `regexp.MatchString(pattern, text)`. */
const matchString: LibraryFunction = (given, use) => {
  const [pattern, text] = [compiled(given, use), given.at(1)];
  return pattern && text && testedBy('search')(pattern, [text], use);
};

/** `regexp.QuoteMeta(text)`. */
const quoteMeta: LibraryFunction = (given, { here }) => {
  const text = given.at(0);
  return text?.kind === 'text'
    ? { kind: 'text', text: text.text.replaceAll(/[\\.+*?()|[\]{}^$]/g, '\\$&'), ...here }
    : undefined;
};

/** `fmt.Sprintf("https://%s:%d", host, port)`; other verbs write what is not known. */
const sprintf: LibraryFunction = (given, { here }) => {
  const format = given.at(0);
  if (format?.kind !== 'text' || given.all.some(({ spread }) => spread)) return undefined;
  const pieces = format.text.split(/(%%|%[sdv])/);
  if (pieces.some((one, index) => index % 2 === 0 && one.includes('%'))) return undefined;
  let argument = 0;
  const parts = pieces.map((one, index): Inner => {
    if (index % 2 === 0 || one === '%%') return { kind: 'text', text: index % 2 === 0 ? one : '%', ...here };
    argument += 1;
    return given.at(argument) ?? unread(here);
  });
  return concatenate(
    parts.filter((part) => part.kind !== 'text' || part.text !== ''),
    here,
  );
};

/** `fmt.Sprint(text)`. */
const sprint: LibraryFunction = (given, { here }) =>
  given.all.length === 1 ? concatenate([given.at(0)!], here) : undefined;

/** Whether the origin is one with a host, and neither missing nor `null`. */
function hasHost(origin: Inner, { range }: At): RequestTest {
  return all([originPresent, not(equals(origin, { kind: 'text', text: 'null', range }, range))]);
}

/** `url.Parse(origin)` fails for no origin: `null` and nothing have an empty host. */
const urlOfOrigin: LibraryFunction = (given, use) => {
  const { here } = use;
  const [text, url] = [given.at(0), parsedUrl(given, use)];
  if (text === undefined || url === undefined || originSubject(text)?.part !== 'origin') return url;
  const none = (key: string): DictEntry => ({
    key,
    keyRange: here.range,
    value: { kind: 'text', text: '', ...here },
    range: here.range,
  });
  const empty: Inner = { kind: 'dict', entries: ['Host', 'Scheme'].map(none), open: true, ...here };
  return oneOf(
    [
      { when: hasHost(text, here), value: url },
      { when: always, value: empty },
    ],
    here.range,
    here.expression,
  );
};

/** `url.ParseRequestURI(origin)` fails for nothing and for `null`. */
const parsedRequestUri: LibraryFunction = (given, use) => {
  const { here } = use;
  const [text, url] = [given.at(0), parsedUrl(given, use)];
  if (text === undefined || url === undefined || originSubject(text)?.part !== 'origin') return undefined;
  const error = oneOf(
    [
      { when: hasHost(text, here), value: nil(here) },
      { when: always, value: { kind: 'dict', entries: [], open: true, ...here } },
    ],
    here.range,
    here.expression,
  );
  return results([url, error], here);
};

const strings: Readonly<Record<string, LibraryFunction>> = {
  HasPrefix: functionOf(startsWith),
  HasSuffix: functionOf(endsWith('none')),
  Contains: functionOf(contains),
  ContainsRune: functionOf(contains),
  EqualFold: functionOf(equalWithoutCase),
  Compare: functionOf(comparedTo),
  Index: functionOf(position('first')),
  IndexByte: functionOf(position('first')),
  IndexRune: functionOf(position('first')),
  LastIndex: functionOf(position('last')),
  LastIndexByte: functionOf(position('last')),
  ToLower: functionOf(lowerCase),
  ToUpper: functionOf(upperCase),
  TrimSpace: functionOf(trim('both')),
  Trim: functionOf(trimLetters('both')),
  TrimLeft: functionOf(trimLetters('start')),
  TrimRight: functionOf(trimLetters('end')),
  TrimPrefix: functionOf(withoutAffix('start')),
  TrimSuffix: functionOf(withoutAffix('end')),
  Replace: replaced,
  ReplaceAll: functionOf(replace('all'), 2),
  Split: functionOf(split('parts'), 1),
  SplitN: functionOf(split('parts'), 2),
  Fields: functionOf(fields),
  Join: functionOf(join('')),
  Cut: functionOf(cut),
};

const lists: Readonly<Record<string, LibraryFunction>> = {
  Contains: functionOf(contains),
  ContainsFunc: functionOf(someMember),
  Index: functionOf(position('first')),
  IndexFunc: functionOf(memberPosition),
  Clone: itself(),
  Concat: (given, { here }) =>
    joinLists(
      given.all.map(({ value }) => value()),
      here,
    ),
};

/** What connectrpc.com/cors 0.1 names for the options of a library. See https://pkg.go.dev/connectrpc.com/cors */
const connectNames = {
  AllowedMethods: ['GET', 'POST'],
  AllowedHeaders: [
    ...['Content-Type', 'Connect-Protocol-Version', 'Connect-Timeout-Ms'],
    ...['Grpc-Timeout', 'X-Grpc-Web', 'X-User-Agent'],
  ],
  ExposedHeaders: ['Grpc-Status', 'Grpc-Message', 'Grpc-Status-Details-Bin'],
};

function connectFunctions(): Readonly<Record<string, LibraryFunction>> {
  return Object.fromEntries(
    Object.entries(connectNames).map(([name, names]): [string, LibraryFunction] => [
      `connectrpc.com.cors.${name}`,
      (_given, { here }) => ({
        kind: 'list',
        type: 'list',
        items: names.map((text) => ({ kind: 'text' as const, text, range: here.range })),
        open: false,
        ...here,
      }),
    ]),
  );
}

const others: Readonly<Record<string, LibraryFunction>> = {
  append,
  make,
  new: (given, { here }) => (given.all.length === 1 ? { kind: 'dict', entries: [], open: false, ...here } : undefined),
  len: lengthOf,
  string: itself(),
  int: itself(),
  'time.Duration': itself(),
  'os.Getenv': environmentVariable(),
  'os.LookupEnv': lookUpEnvironment,
  'regexp.MustCompile': compiled,
  'regexp.Compile': withoutError(compiled),
  'regexp.MatchString': withoutError(matchString),
  'regexp.QuoteMeta': quoteMeta,
  'net.url.Parse': withoutError(urlOfOrigin),
  'net.url.ParseRequestURI': parsedRequestUri,
  'fmt.Sprintf': sprintf,
  'fmt.Sprint': sprint,
  'strconv.Itoa': functionOf((receiver, _values, { here }) =>
    receiver.kind === 'number' ? { kind: 'text', text: String(receiver.value), ...here } : undefined,
  ),
  'strconv.ParseBool': withoutError(itself()),
  ...connectFunctions(),
};

const packages: Readonly<Record<string, Readonly<Record<string, LibraryFunction>>>> = { strings, slices: lists };

/** By its dotted name. The packages that became part of the library have the names that they had before. */
export function goFunction(name: string): LibraryFunction | undefined {
  if (Object.hasOwn(others, name)) return others[name];
  const [, home, own] = /^(?:golang\.org\.x\.exp\.)?(strings|slices)\.(\w+)$/.exec(name) ?? [];
  const functions = home === undefined ? undefined : packages[home];
  return functions !== undefined && Object.hasOwn(functions, own!) ? functions[own!] : undefined;
}

/** `parsed.Hostname()` and the like, of a URL that is the origin's. */
export function urlMethod(part: 'hostname' | 'port'): Operation {
  return (receiver, values, { here }) =>
    values.length === 0 && receiver.kind === 'origin-piece' && receiver.part === 'url'
      ? piece(part, receiver, here)
      : undefined;
}

/** The same of the URL that `null` or nothing was parsed to. */
export const emptyText: Operation = (_receiver, values, { here }) =>
  values.length === 0 ? { kind: 'text', text: '', ...here } : undefined;

/** `parsed.String()`: the origin again. */
export const wholeUrl: Operation = (receiver, values, { here }) =>
  values.length === 0 && receiver.kind === 'origin-piece' && receiver.part === 'url'
    ? piece('origin', receiver, here)
    : undefined;

/** The value that a variable has to which nothing was written. See https://go.dev/ref/spec#The_zero_value */
export function zeroOf(type: string, here: At): Inner | undefined {
  if (type.startsWith('[]')) return { kind: 'list', items: [], open: false, type: 'list', ...here };
  if (type.startsWith('map[')) return { kind: 'dict', entries: [], open: false, ...here };
  if (type === 'string') return { kind: 'text', text: '', ...here };
  if (type === 'bool') return boolean(false, here);
  if (/^u?int\d*$|^float\d+$|^byte$|^rune$/.test(type)) return { kind: 'number', value: 0, ...here };
  // A struct with none of its fields written.
  return /^(\w+\.)?[A-Za-z_]\w*$/.test(type) && type !== 'error'
    ? { kind: 'dict', entries: [], open: false, ...here }
    : undefined;
}
