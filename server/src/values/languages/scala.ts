/** Scala: texts, options, lists and maps, `java.util.regex`, the environment, requests of Play, Pekko and http4s. */

import { originSubject, predicate, truth } from '../inner-value.ts';
import { patternTest } from '../origin-tests.ts';
import { not } from '../../policy/request-test.ts';
import type { Pattern } from '../../policy/request-test.ts';
import { keysOf, valueAt, valuesOf } from '../operations/dicts.ts';
import { compiledPattern } from '../operations/functions.ts';
import { concat, flat, join } from '../operations/joining.ts';
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
  isEmpty,
  isPresent,
  position,
  startsWith,
} from '../operations/text-tests.ts';
import { lowerCase, replace, trim, upperCase, withoutAffix } from '../operations/texts.ts';
import { scalaFunction } from './scala-functions.ts';
import { scalaModules } from './scala-modules.ts';
import type { Methods, Operation, ValueLanguage } from './value-language.ts';

const itself: Operation = (receiver) => receiver;

/** A text holds another one; an option is equal to it. Where it is a whole origin, nothing says which of both is meant. */
const holds: Operation = (receiver, [text, ...others], use) =>
  text?.kind === 'text' && /^[a-z]+:\/\/[^/]+$/.test(text.text) && originSubject(receiver) !== undefined
    ? undefined
    : contains(receiver, [...(text ? [text] : []), ...others], use);

/** `option.exists(check)` asks the check of what is there. */
const ofOption =
  (operation: Operation): Operation =>
  (receiver, values, use) =>
    operation({ kind: 'list', items: [receiver as never], open: false, type: 'list', ...use.here }, values, use);

const isMissing: Operation = (receiver, _values, { here: { range, expression }, language }) =>
  predicate(not(truth(receiver, language.falsy)), range, expression);
const isThere: Operation = (receiver, _values, { here: { range, expression }, language }) =>
  predicate(truth(receiver, language.falsy), range, expression);

/** `text.matches("https://.*")`: the pattern has to fit the whole. */
const matchesWhole: Operation = (receiver, [source], use) => {
  if (source === undefined || originSubject(receiver) === undefined) return undefined;
  const { range, expression } = use.here;
  return predicate(patternTest(asPattern(source, use), receiver, range, 'full'), range, expression);
};

const matching =
  (mode: Pattern['mode']): Operation =>
  (receiver, [text], { here: { range, expression } }) =>
    text && predicate(patternTest(receiver, text, range, mode), range, expression);

/** `"https://.*".r`. */
const compiled: Operation = (receiver, _values, use) => compiledPattern(receiver, '', use);

const methods: Methods = {
  text: {
    equals: equalTo,
    equalsIgnoreCase: equalWithoutCase,
    startsWith,
    endsWith: endsWith('none'),
    contains: holds,
    indexOf: position('first'),
    matches: matchesWhole,
    isEmpty: isMissing,
    nonEmpty: isThere,
    isDefined: isThere,
    isBlank: isEmpty,
    exists: ofOption(someMember),
    forall: ofOption(everyMember),
    toLowerCase: lowerCase,
    toUpperCase: upperCase,
    trim: trim('both'),
    strip: trim('both'),
    replace: replace('all'),
    stripPrefix: withoutAffix('start'),
    stripSuffix: withoutAffix('end'),
    split: split('parts'),
    r: compiled,
    get: itself,
    toString: itself,
    renderString: itself,
    concat,
    toList: itself,
    toSeq: itself,
  },
  list: {
    contains,
    apply: contains,
    exists: someMember,
    forall: everyMember,
    filter: filterMembers,
    find: findMember('first'),
    map: mapMembers,
    flatMap: flatMapMembers,
    flatten: flat,
    '++': concat,
    concat,
    mkString: join(''),
    isEmpty,
    nonEmpty: isPresent,
    toList: itself,
    toSeq: itself,
    toSet: itself,
    toVector: itself,
    toArray: itself,
    toIndexedSeq: itself,
    asScala: itself,
    asJava: itself,
    distinct: itself,
  },
  dict: {
    contains,
    isDefinedAt: contains,
    get: valueAt,
    getOrElse: valueAt,
    apply: valueAt,
    keys: keysOf,
    keySet: keysOf,
    values: valuesOf,
  },
  pattern: {
    matches: matching('full'),
    findFirstIn: matching('search'),
    findFirstMatchIn: matching('search'),
    unapplySeq: matching('full'),
    r: itself,
  },
};

const headerNames = [
  'ORIGIN',
  'VARY',
  'ACCESS_CONTROL_ALLOW_ORIGIN',
  'ACCESS_CONTROL_ALLOW_CREDENTIALS',
  'ACCESS_CONTROL_ALLOW_METHODS',
  'ACCESS_CONTROL_ALLOW_HEADERS',
  'ACCESS_CONTROL_EXPOSE_HEADERS',
  'ACCESS_CONTROL_MAX_AGE',
];
/** `ACCESS_CONTROL_MAX_AGE` as the header is written. */
function written(name: string): string {
  return name
    .replaceAll(/([A-Z])([A-Z]*)/g, (_, first: string, rest: string) => first + rest.toLowerCase())
    .replaceAll('_', '-');
}

export const valueLanguage = {
  name: 'scala',
  // Only a boolean is tested; what a test of another language would ask is asked by a comparison here.
  falsy: { emptyText: true, zero: true, emptyList: true },
  negativeIndexes: false,
  patternDialect: 'java',
  methods,
  calledAs: 'apply',
  functionNamed: scalaFunction,
  constants: {
    '`Access-Control-Allow-Origin`.*': '*',
    'HttpOriginRange.*': '*',
    ...Object.fromEntries(
      ['Uri.Scheme', 'org.http4s.Uri.Scheme', 'Scheme'].flatMap((type) => [
        [`${type}.https`, 'https'],
        [`${type}.http`, 'http'],
      ]),
    ),
    ...Object.fromEntries(
      headerNames.flatMap((name) => [
        [name, written(name)],
        [`HeaderNames.${name}`, written(name)],
        [`Http.HeaderNames.${name}`, written(name)],
      ]),
    ),
    ...Object.fromEntries(
      ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'].flatMap((name) => [
        [`HttpMethods.${name}`, name],
        [`Method.${name}`, name],
        [`org.http4s.Method.${name}`, name],
        [`org.apache.pekko.http.scaladsl.model.HttpMethods.${name}`, name],
        [`akka.http.scaladsl.model.HttpMethods.${name}`, name],
      ]),
    ),
  },
  request: {
    headerContainers: new Set(['headers', 'requestheaders']),
    requestNames: /^(r|rq|req|request|requestheader|rh)$/i,
    contextNames: /^(r|rq|req|request|requestheader|rh|ctx|context)$/i,
    otherInputs: new Set(['querystring', 'params', 'cookies', 'body', 'session', 'multiparams']),
    methodNames: new Set(['method']),
    headerMethods: new Set([
      'get',
      'getall',
      'apply',
      'tosimplemap',
      'tomap',
      'add',
      'replace',
      'remove',
      'hasheader',
      'keys',
      'put',
    ]),
    getters: /^(get|apply|getAll|getHeader)$/,
    presence: new Set(['hasHeader', 'contains']),
    headerReaders: /^(getHeader|header|headers)$/,
    environments: /^(scala\.)?sys\.(env|props)$|^System\.env$/,
    environmentMethods: new Set(['get', 'getOrElse', 'contains', 'toMap', 'apply']),
  },
  modules: scalaModules,
  objects: {
    selfNames: new Set(['this']),
    passesSelf: false,
    bindsMethods: true,
    // A name without arguments calls the method.
    isComputed: ({ parameters, name }) => name !== undefined && parameters.length === 0,
    adds: new Set(['add', 'addAll', 'addOne', 'append', 'prepend', 'put', 'update']),
    addsEach: new Set(['addAll']),
    takesOut: new Set(['remove', 'clear', 'subtractOne', 'filterInPlace']),
    // The text of a value class: `origin.host.value`.
    wrappedIn: new Set(['value']),
    urlMembers: { host: 'hostname', scheme: 'scheme' },
  },
  flow: {
    looping: new Set(['foreach']),
    exits: new Set(['sys.exit', 'System.exit']),
    sends: new Set(),
    timers: new Set(),
  },
  isConstant: ({ kind, assignments }) => kind === 'const' || assignments.length === 0,
} satisfies ValueLanguage;
