/** Ruby: texts, arrays, hashes and patterns of its core, `URI`, `ENV`, and the requests of Rack, Rails and Sinatra. */
import { not } from '../../policy/request-test.ts';
import { predicate, truth } from '../inner-value.ts';
import { keysOf, valueAt, valuesOf } from '../operations/dicts.ts';
import {
  asList,
  compiledPattern,
  environmentVariable,
  functionOf,
  parsedJson,
  parsedUrl,
} from '../operations/functions.ts';
import { concat, flat, join, union } from '../operations/joining.ts';
import {
  everyMember,
  filterMembers,
  findMember,
  flatMapMembers,
  mapMembers,
  someMember,
} from '../operations/list-callbacks.ts';
import { split } from '../operations/slices.ts';
import {
  asPattern,
  contains,
  endsWith,
  equalTo,
  equalWithoutCase,
  matchedBy,
  ofAny,
  position,
  startsWith,
} from '../operations/text-tests.ts';
import { lowerCase, replace, trim, unchanged, upperCase, withoutAffix } from '../operations/texts.ts';
import { rubyModules } from './ruby-modules.ts';
import type { LibraryFunction, Methods, Operation, ValueLanguage } from './value-language.ts';

const itself: Operation = (receiver) => receiver;

/** `origin.match?(/…/)`, `origin =~ /…/`: the pattern is what is given. */
const matchesGiven: Operation = (receiver, [pattern], use) =>
  pattern && matchedBy('search')(asPattern(pattern, use), [receiver], use);

const matches: Operation = matchedBy('search');

/** `origin.nil?`, `origin.empty?`: whether the client sent one. */
const isMissing: Operation = (receiver, _values, { here: { range, expression }, language }) =>
  predicate(not(truth(receiver, language.falsy)), range, expression);

/** Of Rails: what is blank says nothing, an empty text and an empty list too. */
const blank = { emptyText: true, zero: false, emptyList: true };

const isBlank =
  (blanks: boolean): Operation =>
  (receiver, _values, { here: { range, expression } }) =>
    predicate(blanks ? not(truth(receiver, blank)) : truth(receiver, blank), range, expression);

/** `value.presence`: nil where it is blank. */
const presentOnly: Operation = (receiver, _values, { here }) =>
  (receiver.kind === 'text' && receiver.text.trim() === '') || (receiver.kind === 'list' && isEmpty(receiver))
    ? { kind: 'nothing', ...here }
    : receiver;

function isEmpty({ items, open }: { readonly items: readonly unknown[]; readonly open: boolean }): boolean {
  return items.length === 0 && !open;
}

const asText: Operation = (receiver, values, use) => unchanged(receiver, values, use) ?? receiver;

const everyValue: Methods['text'] = {
  freeze: itself,
  dup: itself,
  to_s: asText,
  presence: presentOnly,
  'nil?': isMissing,
  'blank?': isBlank(true),
  'present?': isBlank(false),
  'empty?': isMissing,
};

const methods: Methods = {
  text: {
    ...everyValue,
    'eql?': equalTo,
    'casecmp?': equalWithoutCase,
    'start_with?': ofAny(startsWith),
    'end_with?': ofAny(endsWith('none')),
    'include?': contains,
    'match?': matchesGiven,
    match: matchesGiven,
    '=~': matchesGiven,
    '===': equalTo,
    'in?': (receiver, [list], use) => list && contains(list, [receiver], use),
    index: position('first'),
    downcase: lowerCase,
    upcase: upperCase,
    strip: trim('both'),
    lstrip: trim('start'),
    rstrip: trim('end'),
    chomp: (receiver, [affix], use) => affix && withoutAffix('end')(receiver, [affix], use),
    delete_prefix: withoutAffix('start'),
    delete_suffix: withoutAffix('end'),
    gsub: replace('all'),
    sub: replace('first'),
    split: split('pieces'),
    to_sym: itself,
  },
  list: {
    ...everyValue,
    'include?': contains,
    'member?': contains,
    '===': contains,
    'any?': someMember,
    'all?': everyMember,
    map: mapMembers,
    collect: mapMembers,
    flat_map: flatMapMembers,
    select: filterMembers,
    filter: filterMembers,
    find: findMember('first'),
    detect: findMember('first'),
    join: join(''),
    concat,
    union,
    flatten: flat,
    to_a: itself,
    to_set: itself,
    uniq: itself,
    compact: itself,
    sort: itself,
  },
  dict: {
    ...everyValue,
    'key?': contains,
    'has_key?': contains,
    'include?': contains,
    fetch: valueAt,
    dig: valueAt,
    keys: keysOf,
    values: valuesOf,
  },
  pattern: { ...everyValue, 'match?': matches, match: matches, '=~': matches, '===': matches },
};

/** `Regexp.new('…')`, with `Regexp::IGNORECASE` or `true`. */
const newPattern: LibraryFunction = (given, use) => {
  const source = given.at(0);
  const flags = given.expressionAt(1)?.text ?? '';
  return (
    source &&
    compiledPattern(source, /^(true|Regexp::IGNORECASE)$/.test(flags) ? 'i' : flags === '' ? '' : undefined, use)
  );
};

/** `Regexp.escape(text)`. */
const escaped: LibraryFunction = (given, { here }) => {
  const text = given.at(0);
  return text?.kind === 'text'
    ? { kind: 'text', text: text.text.replaceAll(/[-\\^$*+?.()|[\]{} ]/g, '\\$&'), ...here }
    : undefined;
};

/** `Rack::Request.new(env)`. */
const theRequest: LibraryFunction = (_given, { here }) => ({
  kind: 'path',
  root: 'parameter',
  names: ['request'],
  role: 'request',
  ...here,
});

const functions: Readonly<Record<string, LibraryFunction>> = {
  'Rack.Request.new': theRequest,
  'ActionDispatch.Request.new': theRequest,
  'URI.parse': parsedUrl,
  'Addressable.URI.parse': parsedUrl,
  URI: parsedUrl,
  'Regexp.new': newPattern,
  'Regexp.escape': escaped,
  'Regexp.quote': escaped,
  'JSON.parse': parsedJson,
  'ENV.fetch': environmentVariable({ fallback: [1] }),
  'Set.new': asList('set'),
  'Set.[]': asList('set'),
  Array: asList('list'),
};

/** `&:strip` names a method of the members. */
function functionNamed(name: string): LibraryFunction | undefined {
  const method = /^String\.(.+)$/.exec(name)?.[1];
  if (method !== undefined && Object.hasOwn(methods.text, method)) return functionOf(methods.text[method]!);
  return Object.hasOwn(functions, name) ? functions[name] : undefined;
}

export const valueLanguage = {
  name: 'ruby',
  falsy: { emptyText: false, zero: false, emptyList: false },
  negativeIndexes: true,
  // What Ruby's own engine reads in another way is not read at all.
  patternDialect: 'pcre',
  methods,
  functionNamed,
  request: {
    headerContainers: new Set(['headers', 'env', 'get_header']),
    requestNames: /^(req|request|rack_request)$/i,
    // Of Rails.
    originMembers: new Set(['origin']),
    contextNames: /^(req|request|env|ctx|context|self)$/i,
    otherInputs: new Set([
      'params',
      'cookies',
      'session',
      'body',
      'query_string',
      'query_parameters',
      'request_parameters',
    ]),
    methodNames: new Set(['request_method', 'method', 'method_symbol', 'http_method']),
    headerMethods: new Set(['fetch', 'key?', 'has_key?', 'include?', 'keys', 'to_h', 'merge', 'merge!', 'each']),
    getters: /^(fetch|get_header|dig)$/,
    presence: new Set(['key?', 'has_key?', 'include?']),
    headerReaders: /^(get_header)$/,
    // `request.options?`
    methodAsked: (method) => /^(get|head|post|put|patch|delete|options)\?$/.exec(method)?.[1]?.toUpperCase(),
    accessor: (method) => (/^\w+$/.test(method) ? method : undefined),
    environments: /^ENV$/,
    environmentMethods: new Set(['fetch', 'key?', 'to_h']),
  },
  modules: rubyModules,
  objects: {
    selfNames: new Set(['self']),
    passesSelf: false,
    // A name without arguments calls the method.
    isComputed: ({ parameters, name }) => name !== undefined && parameters.length === 0,
    adds: new Set(['<<', 'push', 'append', 'add', 'concat', 'unshift', 'store', 'merge!']),
    addsEach: new Set(['concat', 'merge!']),
    takesOut: new Set(['delete', 'delete_if', 'reject!', 'pop', 'shift', 'clear']),
  },
  flow: {
    looping: new Set(['each', 'each_with_index']),
    exits: new Set(['halt', 'exit', 'abort', 'error!']),
    sends: new Set(),
    timers: new Set(),
  },
  isConstant: ({ kind, assignments }) => kind === 'const' || assignments.length === 0,
  phases: { development: [], production: [] },
} satisfies ValueLanguage;
