/** Functions of PHP itself, and of its frameworks' helpers, by name. */
import { unknown } from '../../policy/request-test.ts';
import { mapChoices, predicate, toPublic } from '../inner-value.ts';
import type { Inner } from '../inner-value.ts';
import { membership, patternTest } from '../origin-tests.ts';
import { keysOf, valuesOf } from '../operations/dicts.ts';
import { environmentVariable, functionOf, itself, lengthOf, parsedJson } from '../operations/functions.ts';
import { concatenate, joinLists, joinMembers, mergedDicts } from '../operations/joining.ts';
import { filterMembers, mapMembers } from '../operations/list-callbacks.ts';
import { split } from '../operations/slices.ts';
import { comparedTo, contains, endsWith, startsWith } from '../operations/text-tests.ts';
import { lowerCase, trim, trimLetters, upperCase } from '../operations/texts.ts';
import { headerPresence } from '../request-inputs.ts';
import type { DictEntry, Value } from '../value.ts';
import {
  asTruth,
  callbackOf,
  comparedBeginnings,
  comparedFrom,
  ignoringCase,
  parseUrl,
  phpPosition,
  pregMatch,
  pregQuote,
  replacedIn,
  substring,
  textFrom,
} from './php-texts.ts';
import type { LibraryFunction, Operation, Use } from './value-language.ts';

const unread = ({ here }: Use): Inner => ({ kind: 'unknown', ...here });

/** A function whose second argument is what a method of other languages is called on: `explode(',', $text)`. */
function ofSecond(operation: Operation): LibraryFunction {
  return (given, use) => {
    const [first, receiver, third] = [given.at(0), given.at(1), given.at(2)];
    if (!first || !receiver || given.all.some(({ spread }) => spread)) return undefined;
    const values = third ? [first, third] : [first];
    return mapChoices(receiver, (one) => operation(one, values, use) ?? unread(use));
  };
}

/** `explode(',', $text)`: of a variable that is not set, one empty text. */
const explode: Operation = (receiver, values, use) => {
  const isBare = receiver.kind === 'environment' && receiver.fallback === undefined;
  const empty = { kind: 'text', text: '', range: receiver.range } as const;
  return split('parts')(isBare ? { ...receiver, fallback: empty } : receiver, values, use);
};

/** `in_array($origin, $list)`: whether it is one of them. */
const inArray: LibraryFunction = (given, { here: { range, expression } }) => {
  const [value, list] = [given.at(0), given.at(1)];
  // A text is no array, and a dictionary's members are its values.
  if (!value || !list || list.kind === 'text') return undefined;
  const members: Inner =
    list.kind === 'dict'
      ? { kind: 'list', items: list.entries.map((entry) => entry.value), open: list.open, type: 'list', range }
      : list;
  return predicate(membership(members, value, range), range, expression);
};

/** `array_search($origin, $list)`: its place, or false. */
const arraySearch: LibraryFunction = (given, use) => {
  const [value, list] = [given.at(0), given.at(1)];
  return value && list?.kind === 'list' ? phpPosition('first')(list, [value], use) : undefined;
};

/** `array_key_exists('HTTP_ORIGIN', $_SERVER)`. */
const keyExists: LibraryFunction = (given, { here: { range, expression }, language }) => {
  const [key, container] = [given.at(0), given.at(1)];
  if (!key || !container) return undefined;
  const test = headerPresence(container, key, language) ?? ofKeys(container, key, range);
  return predicate(test, range, expression);
};

function ofKeys(container: Inner, key: Inner, range: Inner['range']): ReturnType<typeof membership> {
  return container.kind === 'dict' ? membership(container, key, range) : unknown();
}

/** `trim($text)`, and `rtrim($text, '/')` with the letters that go. */
function trimmed(sides: 'both' | 'start' | 'end'): LibraryFunction {
  return functionOf((receiver, values, use) =>
    values.length === 0 ? trim(sides)(receiver, [], use) : trimLetters(sides)(receiver, values, use),
  );
}

/** `implode(',', $list)`, and `implode($list)`. */
const implode: LibraryFunction = (given, use) => {
  const [first, second] = [given.at(0), given.at(1)];
  const [separator, list] = first?.kind === 'list' ? [second, first] : [first, second];
  const none: Inner = { kind: 'text', text: '', ...use.here };
  return list && joinMembers(separator ?? none, [list], use);
};

/** `array_map('trim', explode(',', $text))`. */
const arrayMap: LibraryFunction = (given, use) => {
  const [callback, list] = [callbackOf(given, 0), given.at(1)];
  return callback && list && given.all.length === 2 ? mapMembers(list, [callback], use) : undefined;
};

/** `array_filter($list)`; without a function, what passes a test stays. */
const arrayFilter: LibraryFunction = (given, use) => {
  const list = given.at(0);
  const truthy: Inner = { kind: 'path', root: 'global', names: ['(bool)'], ...use.here };
  return list && filterMembers(list, [callbackOf(given, 1) ?? truthy], use);
};

/** `array_merge($a, $b)`. */
const arrayMerge: LibraryFunction = (given, { here }) => {
  const values = given.all.map(({ value }) => value());
  if (given.all.some(({ spread }) => spread)) return undefined;
  return values.some(({ kind }) => kind === 'dict') ? mergedDicts(given, here) : joinLists(values, here);
};

/** `array_flip($list)`: the members as keys. */
const arrayFlip: LibraryFunction = (given, { here }) => {
  const list = given.at(0);
  if (list?.kind !== 'list') return undefined;
  const entries = list.items.flatMap((item, value): DictEntry[] =>
    item.kind === 'text'
      ? [{ key: item.text, keyRange: item.range, value: { kind: 'number', value, ...here }, range: item.range }]
      : [],
  );
  return { kind: 'dict', entries, open: list.open || entries.length < list.items.length, ...here };
};

/** `array_fill_keys($list, true)`. */
const fillKeys: LibraryFunction = (given, use) => {
  const [flipped, value] = [arrayFlip(given, use), given.at(1)];
  return flipped?.kind === 'dict' && value
    ? { ...flipped, entries: flipped.entries.map((entry) => ({ ...entry, value: toPublic(value) })) }
    : flipped;
};

const sameList: LibraryFunction = (given, use) => {
  const list = given.at(0);
  if (list?.kind === 'dict') return valuesOf(list, [], use);
  return list?.kind === 'list' || list?.kind === 'environment' ? list : undefined;
};

/** `(array) $value`: a text becomes a list of one. */
const asArray: LibraryFunction = (given, { here }) => {
  const value = given.at(0);
  if (value?.kind === 'text') return { kind: 'list', items: [value], open: false, type: 'list', ...here };
  return value?.kind === 'list' || value?.kind === 'dict' ? value : undefined;
};

/** `sprintf('https://%s', $host)`; with anything but texts and numbers it is not known. */
const sprintf: LibraryFunction = (given, { here }) => {
  const [format, ...values] = given.all.map(({ value }) => value());
  if (format?.kind !== 'text' || given.all.some(({ spread }) => spread)) return undefined;
  const pieces = format.text.split(/(%(?:\d+\$)?[sd%])/);
  let next = 0;
  const parts = pieces.map((piece, index): Inner => {
    if (index % 2 === 0 || piece === '%%') return { kind: 'text', text: piece === '%%' ? '%' : piece, ...here };
    const numbered = /\d+/.exec(piece)?.[0];
    const value = values[numbered === undefined ? next++ : Number(numbered) - 1];
    return value ?? { kind: 'unknown', ...here };
  });
  if (/%/.test(pieces.filter((_, index) => index % 2 === 0).join(''))) return undefined;
  return concatenate(
    parts.filter((part) => part.kind !== 'text' || part.text !== ''),
    here,
  );
};

/** `filter_input(INPUT_SERVER, 'HTTP_ORIGIN')`. */
const filterInput: LibraryFunction = (given, { here, language }) => {
  const [from, name] = [given.expressionAt(0)?.text.replace(/^\\/, ''), given.at(1)];
  if (name?.kind !== 'text') return undefined;
  if (from !== 'INPUT_SERVER' && from !== 'INPUT_ENV')
    return { kind: 'request', input: 'other', name: name.text, ...here };
  const part = from === 'INPUT_ENV' ? 'environment' : language.request.mixed?.('$_SERVER', name.text);
  if (part === 'header' && name.text === 'HTTP_ORIGIN') return { kind: 'request', input: 'origin', ...here };
  if (part === 'method') return { kind: 'request', input: 'method', ...here };
  return part === 'environment' ? { kind: 'environment', name: name.text, ...here } : undefined;
};

/** A filter that takes away what no origin has leaves it as it is. */
const filterVar: LibraryFunction = (given) =>
  /SANITIZE|VALIDATE_URL|DEFAULT|^$/.test(given.expressionAt(1)?.text ?? '') ? given.at(0) : undefined;

const wordpressOrigin: LibraryFunction = (_given, { here }) => ({ kind: 'request', input: 'origin', ...here });

const helper =
  (...names: readonly string[]): LibraryFunction =>
  (given, { here }) =>
    given.all.length === 0 ? { kind: 'path', root: 'global', names, ...here } : undefined;

const environment = environmentVariable({ fallback: [1] });
const isType =
  (kind: Value['kind']): LibraryFunction =>
  (given, { here }) => {
    const value = given.at(0);
    const known: readonly Inner['kind'][] = ['text', 'list', 'dict', 'nothing', 'boolean', 'number'];
    const isArray = kind === 'list' && value?.kind === 'dict';
    return value && known.includes(value.kind)
      ? { kind: 'boolean', value: isArray || value.kind === kind, ...here }
      : undefined;
  };

const functions: Readonly<Record<string, LibraryFunction>> = {
  in_array: inArray,
  array_search: arraySearch,
  array_key_exists: keyExists,
  key_exists: keyExists,
  str_starts_with: functionOf(startsWith),
  str_ends_with: functionOf(endsWith('none')),
  str_contains: functionOf(contains),
  strpos: functionOf(phpPosition('first')),
  stripos: functionOf(ignoringCase(phpPosition('first'))),
  strrpos: functionOf(phpPosition('last')),
  strripos: functionOf(ignoringCase(phpPosition('last'))),
  strstr: functionOf(textFrom),
  stristr: functionOf(ignoringCase(textFrom)),
  strcmp: functionOf(comparedTo),
  strcasecmp: functionOf(ignoringCase(comparedTo)),
  strncmp: functionOf(comparedBeginnings),
  strncasecmp: functionOf(ignoringCase(comparedBeginnings)),
  substr_compare: functionOf(comparedFrom),
  hash_equals: functionOf(
    (receiver, [other], { here: { range, expression } }) =>
      other &&
      predicate(
        membership({ kind: 'list', items: [toPublic(receiver)], open: false, type: 'list', range }, other, range),
        range,
        expression,
      ),
  ),
  substr: functionOf(substring),
  strlen: lengthOf,
  count: lengthOf,
  sizeof: lengthOf,
  strtolower: functionOf(lowerCase),
  strtoupper: functionOf(upperCase),
  trim: trimmed('both'),
  ltrim: trimmed('start'),
  rtrim: trimmed('end'),
  chop: trimmed('end'),
  explode: ofSecond(explode),
  implode,
  join: implode,
  str_replace: replacedIn(false),
  preg_replace: replacedIn(true),
  preg_match: pregMatch('search'),
  preg_quote: pregQuote,
  parse_url: parseUrl,
  array_map: arrayMap,
  array_filter: arrayFilter,
  array_merge: arrayMerge,
  array_unique: sameList,
  array_values: sameList,
  array_keys: functionOf((receiver, _values, use) => keysOf(receiver, [], use)),
  array_flip: arrayFlip,
  array_fill_keys: fillKeys,
  '(array)': asArray,
  '(bool)': asTruth,
  '(boolean)': asTruth,
  boolval: asTruth,
  '(int)': numberFrom,
  intval: numberFrom,
  strval: itself(),
  sprintf,
  json_decode: parsedJson,
  filter_input: filterInput,
  filter_var: filterVar,
  htmlspecialchars: itself(),
  esc_url_raw: itself(),
  esc_url: itself(),
  sanitize_text_field: itself(),
  wp_unslash: itself(),
  stripslashes: itself(),
  untrailingslashit: trimSlash,
  is_array: isType('list'),
  is_string: isType('text'),
  is_null: isType('nothing'),
  getenv: environmentVariable(),
  env: environment,
  get_http_origin: wordpressOrigin,
  request: helper('request'),
  service: (given, { here }) => {
    const name = given.at(0);
    return name?.kind === 'text' && name.text === 'request'
      ? { kind: 'path', root: 'global', names: ['request'], ...here }
      : undefined;
  },
};

function numberFrom(...[given, { here }]: Parameters<LibraryFunction>): Inner | undefined {
  const value = given.at(0);
  if (value?.kind === 'number') return value;
  return value?.kind === 'text' && /^\d+$/.test(value.text)
    ? { kind: 'number', value: Number(value.text), ...here }
    : undefined;
}

function trimSlash(...[given, use]: Parameters<LibraryFunction>): Inner | undefined {
  const value = given.at(0);
  return value && trimLetters('end')(value, [{ kind: 'text', text: '/', ...use.here }], use);
}

/** Functions are called in whatever case; those of `mb_` look at the same letters. */
export function phpFunction(name: string): LibraryFunction | undefined {
  const own = name.toLowerCase().replace(/^\\/, '').replace(/^mb_/, '');
  if (Object.hasOwn(functions, own)) return functions[own];
  // `Illuminate\Support\Env::get`, `Str::startsWith`.
  return Object.hasOwn(statics, own) ? statics[own] : undefined;
}

const statics: Readonly<Record<string, LibraryFunction>> = {
  'env.get': environment,
  'str.startswith': functionOf(startsWith),
  'str.endswith': functionOf(endsWith('none')),
  'str.contains': functionOf(contains),
  'str.lower': functionOf(lowerCase),
  'str.is': wildcardTest,
};

/** Laravel's `Str::is('https://*.example.com', $origin)`: a star is any text. */
function wildcardTest(...[given, use]: Parameters<LibraryFunction>): Inner | undefined {
  const [pattern, text] = [given.at(0), given.at(1)];
  if (pattern?.kind !== 'text' || !text) return undefined;
  const source = pattern.text.replaceAll(/[.\\+?[^\]$(){}|#/]/g, '\\$&').replaceAll('*', '.*');
  const made: Inner = {
    kind: 'pattern',
    pattern: { source, flags: '', dialect: 'pcre', mode: 'full' },
    fromString: true,
    range: pattern.range,
  };
  const { range, expression } = use.here;
  return predicate(patternTest(made, text, range, 'full'), range, expression);
}
