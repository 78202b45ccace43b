/** Functions of Elixir's standard library, and of `Plug.Conn`, by dotted name. */
import { not } from '../../policy/request-test.ts';
import { mapChoices, predicate, toPublic, truth } from '../inner-value.ts';
import type { Inner } from '../inner-value.ts';
import { keysOf, valueAt, valuesOf } from '../operations/dicts.ts';
import {
  asList,
  compiledPattern,
  environmentVariable,
  functionOf,
  itself,
  lengthOf,
  parsedJson,
  parsedUrl,
} from '../operations/functions.ts';
import { GrowingDict, concat, flat, join, listOf } from '../operations/joining.ts';
import {
  everyMember,
  filterMembers,
  findMember,
  flatMapMembers,
  mapMembers,
  someMember,
} from '../operations/list-callbacks.ts';
import { memberAt, split } from '../operations/slices.ts';
import { asPattern, contains, endsWith, matchedBy, ofAny, startsWith } from '../operations/text-tests.ts';
import { lowerCase, replace, trim, trimLetters, unchanged, upperCase, withoutAffix } from '../operations/texts.ts';
import { isNullish } from '../origin-tests.ts';
import type { LibraryFunction, Operation, Use } from './value-language.ts';

/** A pattern, or a text that is looked for. */
export const matchesGiven: Operation = (receiver, [pattern], use) => {
  if (pattern === undefined) return undefined;
  if (pattern.kind === 'text') return contains(receiver, [pattern], use);
  return matchedBy('search')(asPattern(pattern, use), [receiver], use);
};

/** What the client sent in a header is a list of no more than one text, and is read as that text. */
const isHeader = ({ kind }: Inner): boolean => kind === 'request';
const first: Operation = (receiver, _values, use) =>
  isHeader(receiver)
    ? receiver
    : receiver.kind === 'list' && receiver.items.length === 0 && !receiver.open
      ? { kind: 'nothing', ...use.here }
      : memberAt(receiver, [{ kind: 'number', value: 0, ...use.here }], use);
const last: Operation = (receiver, _values, use) =>
  isHeader(receiver) ? receiver : memberAt(receiver, [{ kind: 'number', value: -1, ...use.here }], use);
const at: Operation = (receiver, [index], use) => {
  if (isHeader(receiver)) return index?.kind === 'number' && index.value === 0 ? receiver : undefined;
  return index && memberAt(receiver, [index], use);
};

/** Whether a list has no members. */
const isEmpty: Operation = (receiver, _values, { here: { range, expression }, language }) => {
  if (isHeader(receiver)) return predicate(not(truth(receiver, language.falsy)), range, expression);
  if (receiver.kind !== 'list' && receiver.kind !== 'dict') return undefined;
  return predicate(not(truth(receiver, { ...language.falsy, emptyList: true })), range, expression);
};

/** `Enum.any?(get_req_header(conn, "origin"), &allowed?/1)`: for the only member, where there is one. */
const someOf: Operation = (receiver, values, use) => {
  const { here } = use;
  if (!isHeader(receiver)) return someMember(receiver, values, use);
  return values[0] && someMember({ ...listOf(receiver, here), range: here.range }, values, use);
};

/** `Enum.reject(list, …)` leaves out what `Enum.filter` keeps: known where nothing is asked that is not known. */
const rejected: Operation = (receiver) => (receiver.kind === 'list' ? { ...receiver, open: true } : receiver);

const isNil: LibraryFunction = (given, { here: { range, expression } }) => {
  const value = given.at(0);
  return value && mapChoices(value, (one) => predicate(isNullish(one), range, expression));
};

/** `String.split(text, ",", trim: true)` splits at all of them. */
const splitText: Operation = (receiver, [separator], use) =>
  split('parts')(receiver, separator ? [separator] : [], use);

/** `Application.get_env(:shop, :origins, [])`: a setting of the application, which its configuration may say. */
const setting: LibraryFunction = (given, { here }) => {
  const [application, key, fallback] = [given.at(0), given.at(1), given.at(2)];
  if (application?.kind !== 'text' || key?.kind !== 'text') return undefined;
  const isKnown = fallback !== undefined && !/^(nothing|path|unknown)$/.test(fallback.kind);
  return {
    kind: 'environment',
    name: `${application.text}.${key.text}`,
    ...(isKnown && { fallback: toPublic(fallback) }),
    ...here,
  };
};

const compiled: LibraryFunction = (given, use) => {
  const [source, flags] = [given.at(0), given.at(1)];
  const options = flags === undefined ? '' : flags.kind === 'text' ? flags.text.replaceAll(/[^imx]/g, '') : undefined;
  return source && mapChoices(source, (one) => compiledPattern(one, options, use));
};

const escaped: LibraryFunction = (given, { here }) => {
  const text = given.at(0);
  return text?.kind === 'text'
    ? { kind: 'text', text: text.text.replaceAll(/[-\\^$*+?.()|[\]{}]/g, '\\$&'), ...here }
    : undefined;
};

/** `Regex.match?(pattern, text)`. */
const patternMatches: LibraryFunction = (given, use) => {
  const [pattern, text] = [given.at(0), given.at(1)];
  return (
    pattern &&
    text &&
    mapChoices(pattern, (one) => matchedBy('search')(asPattern(one, use), [text], use) ?? unread(use))
  );
};

const unread = ({ here }: Use): Inner => ({ kind: 'unknown', ...here });

/** `get_req_header(conn, "origin")`. */
const requestHeader: LibraryFunction = (given, { here }) => {
  const name = given.at(1);
  if (name?.kind !== 'text') return undefined;
  const header = name.text.toLowerCase();
  return header === 'origin'
    ? { kind: 'request', input: 'origin', ...here }
    : { kind: 'request', input: 'header', name: header, ...here };
};

/** `List.wrap(value)`: a list is left as it is, nothing is the empty list. */
const wrapped: LibraryFunction = (given, { here }) => {
  const value = given.at(0);
  return (
    value &&
    mapChoices(value, (one): Inner => {
      if (one.kind === 'nothing') return { kind: 'list', items: [], open: false, type: 'list', ...here };
      return one.kind === 'list' || one.kind === 'environment' || one.kind === 'unknown' ? one : listOf(one, here);
    })
  );
};

/** `fetch_env!(name)` fails where the variable is not set. */
const setVariable: LibraryFunction = environmentVariable();

const texts: Readonly<Record<string, LibraryFunction>> = {
  'starts_with?': functionOf(ofAny(startsWith)),
  'ends_with?': functionOf(ofAny(endsWith('none'))),
  'contains?': functionOf(ofAny(contains)),
  'match?': functionOf(matchesGiven),
  downcase: functionOf(lowerCase),
  upcase: functionOf(upperCase),
  replace: functionOf(replace('all'), 2),
  replace_prefix: functionOf((receiver, [prefix, other], use) =>
    prefix && other?.kind === 'text' && other.text === '' ? withoutAffix('start')(receiver, [prefix], use) : undefined,
  ),
  replace_suffix: functionOf((receiver, [suffix, other], use) =>
    suffix && other?.kind === 'text' && other.text === '' ? withoutAffix('end')(receiver, [suffix], use) : undefined,
  ),
  split: functionOf(splitText),
  trim: functionOf((receiver, values, use) =>
    values.length === 0 ? trim('both')(receiver, values, use) : trimLetters('both')(receiver, values, use),
  ),
  trim_leading: functionOf((receiver, values, use) =>
    values.length === 0 ? trim('start')(receiver, [], use) : undefined,
  ),
  trim_trailing: functionOf((receiver, values, use) =>
    values.length === 0 ? trim('end')(receiver, [], use) : trimLetters('end')(receiver, values, use),
  ),
  to_atom: itself(),
};

const lists: Readonly<Record<string, LibraryFunction>> = {
  'any?': functionOf(someOf),
  'all?': functionOf(everyMember),
  'member?': functionOf(contains),
  'empty?': functionOf(isEmpty),
  map: functionOf(mapMembers),
  flat_map: functionOf(flatMapMembers),
  filter: functionOf(filterMembers),
  reject: functionOf(rejected),
  find: functionOf(findMember('first')),
  join: functionOf((receiver, values, use) => (isHeader(receiver) ? receiver : join('')(receiver, values, use))),
  concat: functionOf((receiver, values, use) =>
    values.length > 0 ? concat(receiver, values, use) : flat(receiver, [], use),
  ),
  at: functionOf(at),
  to_list: itself(),
  uniq: itself(),
  sort: itself(),
};

/** `Keyword.merge(options, others)`, of whichever they are; an empty list holds no keywords. */
const merged: Operation = (receiver, [others, conflicts], { here }) =>
  others === undefined || conflicts !== undefined
    ? undefined
    : mapChoices(receiver, (one) =>
        mapChoices(others, (other) => {
          const made = new GrowingDict();
          for (const part of [one, other])
            if (part.kind !== 'list' || part.items.length > 0 || part.open) made.spread(part);
          return made.value(here);
        }),
      );

const dictionaries: Readonly<Record<string, LibraryFunction>> = {
  get: functionOf(valueAt),
  fetch: functionOf(valueAt),
  'fetch!': functionOf(valueAt),
  'has_key?': functionOf(contains),
  keys: functionOf(keysOf),
  values: functionOf(valuesOf),
  merge: functionOf(merged),
};

/** Functions that give the connection that they are handed. */
const ofConnection = [
  'put_resp_header',
  'prepend_resp_headers',
  'merge_resp_headers',
  'delete_resp_header',
  'update_resp_header',
  'put_resp_content_type',
  'put_status',
  'register_before_send',
  'halt',
  'assign',
  'put_private',
  'resp',
  'fetch_query_params',
  'fetch_session',
  'fetch_cookies',
];

const others: Readonly<Record<string, LibraryFunction>> = {
  ...Object.fromEntries(ofConnection.map((name) => [name, itself()])),
  get_req_header: requestHeader,
  hd: functionOf(first),
  is_nil: isNil,
  to_string: functionOf((receiver, values, use) => (isHeader(receiver) ? receiver : unchanged(receiver, values, use))),
  length: lengthOf,
  'List.first': functionOf(first),
  'List.last': functionOf(last),
  'List.flatten': functionOf(flat),
  'List.wrap': wrapped,
  'MapSet.new': asList('set'),
  'MapSet.member?': functionOf(contains),
  'Kernel.to_string': functionOf(unchanged),
  'Regex.match?': patternMatches,
  'Regex.run': patternMatches,
  'Regex.compile!': compiled,
  'Regex.escape': escaped,
  'URI.parse': parsedUrl,
  'URI.new!': parsedUrl,
  'Jason.decode!': parsedJson,
  'System.get_env': environmentVariable({ fallback: [1] }),
  'System.fetch_env!': setVariable,
  'Application.get_env': setting,
  'Application.compile_env': setting,
  'Application.fetch_env!': setting,
  'Application.compile_env!': setting,
  'Plug.Conn.get_req_header': requestHeader,
};

const homes: Readonly<Record<string, Readonly<Record<string, LibraryFunction>>>> = {
  String: texts,
  Enum: lists,
  Stream: lists,
  Map: dictionaries,
  Keyword: dictionaries,
};

export function elixirFunction(name: string): LibraryFunction | undefined {
  if (Object.hasOwn(others, name)) return others[name];
  const [, home, own] = /^(\w+)\.(\w+[?!]?)$/.exec(name) ?? [];
  const functions = home !== undefined && Object.hasOwn(homes, home) ? homes[home] : undefined;
  return functions && Object.hasOwn(functions, own!) ? functions[own!] : undefined;
}
