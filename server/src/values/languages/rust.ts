/** Rust: texts, slices, iterators and options, the crates regex, url and http, requests of axum, actix, Rocket and hyper. */
import type { ParameterRole } from '../evaluator.ts';
import { oneOf, truth } from '../inner-value.ts';
import { always } from '../../policy/request-test.ts';
import { entriesOf, keysOf, valueAt, valuesOf } from '../operations/dicts.ts';
import { joinMembers } from '../operations/joining.ts';
import {
  everyMember,
  filterMembers,
  findMember,
  flatMapMembers,
  mapMembers,
  memberPosition,
  someMember,
} from '../operations/list-callbacks.ts';
import { memberAt, split } from '../operations/slices.ts';
import {
  contains,
  endsWith,
  equalTo,
  equalWithoutCase,
  isEmpty,
  position,
  startsWith,
  testedBy,
} from '../operations/text-tests.ts';
import { lowerCase, replace, trim, trimLetters, upperCase } from '../operations/texts.ts';
import { rustFunction } from './rust-functions.ts';
import { rustModules } from './rust-modules.ts';
import type { Methods, Operation, ValueLanguage } from './value-language.ts';

/** `option.map(|text| …)`: the function is called with what is there. */
const applied: Operation = (receiver, values, use) => {
  const [fn] = values;
  if (receiver.kind === 'environment' && receiver.split) return mapMembers(receiver, values, use);
  return fn?.kind === 'function' ? use.session.apply(fn, [receiver], use.here, use.place) : undefined;
};

/** `option.filter(|text| …)`: nothing is left where the function says no; texts that are cut out of a variable stay unknown. */
const kept: Operation = (receiver, values, use) => {
  if (receiver.kind === 'environment') return receiver;
  const answer = applied(receiver, values, use);
  const { range, expression } = use.here;
  return (
    answer &&
    oneOf(
      [
        { when: truth(answer, use.language.falsy), value: receiver },
        { when: always, value: { kind: 'nothing', range, expression } },
      ],
      range,
      expression,
    )
  );
};

/** `option.is_some_and(|text| …)`, `option.map_or(false, |text| …)`. */
const askedOf =
  (index: number): Operation =>
  (receiver, values, use) => {
    const answer = applied(receiver, [values[index]!].filter(Boolean), use);
    const { range, expression } = use.here;
    const otherwise = index === 0 ? ({ kind: 'boolean', value: false, range, expression } as const) : values[0];
    if (!answer || !otherwise || receiver.kind !== 'request') return answer;
    return oneOf(
      [
        { when: truth(receiver, use.language.falsy), value: answer },
        { when: always, value: otherwise },
      ],
      range,
      expression,
    );
  };

/** `url.host_str()` and the like, of a URL that is the origin's. */
const partOfUrl =
  (part: 'hostname' | 'port' | 'scheme'): Operation =>
  (receiver, _values, { here }) =>
    receiver.kind === 'origin-piece' && receiver.part === 'url'
      ? { kind: 'origin-piece', part, ignoreCase: receiver.ignoreCase, ...here }
      : undefined;

const methods: Methods = {
  text: {
    eq: equalTo,
    eq_ignore_ascii_case: equalWithoutCase,
    starts_with: startsWith,
    ends_with: endsWith('none'),
    contains,
    find: position('first'),
    rfind: position('last'),
    is_empty: isEmpty,
    to_lowercase: lowerCase,
    to_ascii_lowercase: lowerCase,
    to_uppercase: upperCase,
    to_ascii_uppercase: upperCase,
    trim: trim('both'),
    trim_start: trim('start'),
    trim_end: trim('end'),
    trim_matches: trimLetters('both'),
    trim_end_matches: trimLetters('end'),
    trim_start_matches: trimLetters('start'),
    replace: replace('all'),
    split: split('parts'),
    map: applied,
    and_then: applied,
    filter_map: applied,
    filter: kept,
    is_some_and: askedOf(0),
    is_ok_and: askedOf(0),
    map_or: askedOf(1),
    host_str: partOfUrl('hostname'),
    domain: partOfUrl('hostname'),
    scheme: partOfUrl('scheme'),
  },
  list: {
    contains,
    any: someMember,
    all: everyMember,
    filter: filterMembers,
    map: mapMembers,
    filter_map: mapMembers,
    flat_map: flatMapMembers,
    find: findMember('first'),
    position: memberPosition,
    is_empty: isEmpty,
    get: memberAt,
    nth: memberAt,
    join: joinMembers,
  },
  dict: { contains_key: contains, get: valueAt, keys: keysOf, values: valuesOf, iter: entriesOf },
  pattern: { is_match: testedBy('search') },
};

/** What a parameter of this type is to a handler. */
const roles: Readonly<Record<string, ParameterRole>> = {
  HeaderMap: 'headers',
  Request: 'request',
  HttpRequest: 'request',
  ServiceRequest: 'request',
  RequestHead: 'request',
  Parts: 'request',
  Next: 'next',
};

const headerNames = [
  'ORIGIN',
  'VARY',
  'HOST',
  'REFERER',
  'ACCEPT',
  'AUTHORIZATION',
  'COOKIE',
  'CONTENT_TYPE',
  'CONTENT_LENGTH',
  'CONTENT_DISPOSITION',
  'CACHE_CONTROL',
  'ETAG',
  'LOCATION',
  'USER_AGENT',
  'RANGE',
  'ACCEPT_LANGUAGE',
  'ACCEPT_ENCODING',
  'IF_NONE_MATCH',
  'IF_MATCH',
  'ACCESS_CONTROL_ALLOW_ORIGIN',
  'ACCESS_CONTROL_ALLOW_CREDENTIALS',
  'ACCESS_CONTROL_ALLOW_METHODS',
  'ACCESS_CONTROL_ALLOW_HEADERS',
  'ACCESS_CONTROL_EXPOSE_HEADERS',
  'ACCESS_CONTROL_MAX_AGE',
  'ACCESS_CONTROL_REQUEST_METHOD',
  'ACCESS_CONTROL_REQUEST_HEADERS',
];
const homes = ['http', 'axum.http', 'actix_web.http', 'hyper', 'hyper.http', 'warp.http', 'salvo.http', 'poem.http'];
const paths = ['', ...homes, 'reqwest', 'tonic.codegen.http'].map((home) => (home === '' ? '' : `${home}.`));

/** `x-requested-with` as `header::X_REQUESTED_WITH` spells it. */
const asHeader = (constant: string): string => constant.toLowerCase().replaceAll('_', '-');
const httpMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT'];

export const valueLanguage = {
  name: 'rust',
  // Only a boolean is tested; what a test of another language would ask is asked by a comparison here.
  falsy: { emptyText: true, zero: true, emptyList: true },
  negativeIndexes: false,
  // The crate regex has the syntax and the limits of RE2.
  patternDialect: 'go',
  methods,
  functionNamed: rustFunction,
  constants: Object.fromEntries([
    ...['cors', 'tower_http.cors', 'salvo.cors', 'salvo_cors'].map((path): [string, string] => [`${path}.Any`, '*']),
    ...paths.flatMap((path) => [
      ...headerNames.map((name): [string, string] => [`${path}header.${name}`, asHeader(name)]),
      ...httpMethods.flatMap((name): [string, string][] => [
        [`${path}Method.${name}`, name],
        [`${path}Method.${name[0]! + name.slice(1).toLowerCase()}`, name],
      ]),
    ]),
  ]),
  request: {
    headerContainers: new Set(['headers', 'headers_mut']),
    requestNames: /^_?(r|rq|req|request|service_request|head|parts)$/i,
    contextNames: /^_?(r|rq|req|request|service_request|head|parts)$/i,
    otherInputs: new Set(['uri', 'query_string', 'extensions', 'cookies', 'query', 'params', 'path', 'match_info']),
    methodNames: new Set(['method']),
    headerMethods: new Set(['get', 'get_one', 'get_all', 'insert', 'append', 'remove', 'iter', 'keys', 'contains_key']),
    getters: /^(get|get_one|get_all)$/,
    presence: new Set(['contains_key', 'contains']),
    headerReaders: /^(header)$/,
    environments: /^$/,
    environmentMethods: new Set(),
    accessor: (method) => (/^(headers|method|origin|uri|request|head|query_string)$/.test(method) ? method : undefined),
  },
  modules: rustModules,
  objects: {
    selfNames: new Set(['self']),
    passesSelf: true,
    adds: new Set(['push', 'insert', 'extend', 'append', 'extend_from_slice']),
    addsEach: new Set(['extend', 'append', 'extend_from_slice']),
    takesOut: new Set(['remove', 'clear', 'retain', 'pop', 'drain', 'truncate', 'swap_remove']),
  },
  flow: {
    looping: new Set(['for_each']),
    exits: new Set([
      'panic',
      'unreachable',
      'todo',
      'unimplemented',
      'bail',
      'std::process::exit',
      'process::exit',
      'exit',
    ]),
    sends: new Set(),
    timers: new Set(),
  },
  isConstant: ({ kind, assignments }) => kind === 'const' || assignments.length === 0,
  roleOf: ({ type }) => {
    const name = /(\w+)(?:<.*)?$/s.exec(type?.text ?? '')?.[1];
    return name !== undefined && Object.hasOwn(roles, name) ? roles[name] : undefined;
  },
  // What a name is given is not written where it stands.
  zeroOf: (_type, here) => ({ kind: 'unknown', ...here }),
} satisfies ValueLanguage;
