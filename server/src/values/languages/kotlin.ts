/** Kotlin: texts, collections and patterns of its library, `java.net`, requests of Ktor, servlets, Spring, http4k and Javalin. */
import { always, not } from '../../policy/request-test.ts';
import type { Pattern } from '../../policy/request-test.ts';
import type { ParameterRole } from '../evaluator.ts';
import type { Inner } from '../inner-value.ts';
import { oneOf, predicate, truth } from '../inner-value.ts';
import { patternTest } from '../origin-tests.ts';
import { entriesOf, keysOf, valueAt, valuesOf } from '../operations/dicts.ts';
import { concat, flat, join, union } from '../operations/joining.ts';
import {
  everyMember,
  filterMembers,
  findMember,
  flatMapMembers,
  mapMembers,
  noMember,
  someMember,
} from '../operations/list-callbacks.ts';
import { character, memberAt, slice, split } from '../operations/slices.ts';
import {
  contains,
  endsWith,
  equalTo,
  equalWithoutCase,
  isEmpty,
  isPresent,
  position,
  startsWith,
} from '../operations/text-tests.ts';
import { lowerCase, replace, trim, unchanged, upperCase, withoutAffix } from '../operations/texts.ts';
import { compiledPattern } from '../operations/functions.ts';
import { isFilledBySpring, jvmConstants, jvmRequest, jvmRole, matcher, matching, partOfUrl } from './jvm.ts';
import { applied, kotlinFunction } from './kotlin-functions.ts';
import { kotlinModules } from './kotlin-modules.ts';
import { springEnvironment, springSetting } from './spring-settings.ts';
import type { Methods, Operation, Use, ValueLanguage } from './value-language.ts';

const itself: Operation = (receiver) => receiver;

/** `origin.endsWith(".example.com", ignoreCase = true)`. */
function withCase(test: Operation): Operation {
  return (receiver, values, use) => {
    const [text, ignores] = values;
    if (ignores?.kind !== 'boolean') return test(receiver, values, use);
    if (!ignores.value) return test(receiver, values.slice(0, 1), use);
    const [left, right] = [lowerCase(receiver, [], use), text && lowerCase(text, [], use)];
    return left && right && test(left, [right], use);
  };
}

/** `a.equals(b, ignoreCase = true)`. */
const equal: Operation = (receiver, [other, ignores], use) => {
  if (other === undefined) return undefined;
  const isSensitive = ignores === undefined || (ignores.kind === 'boolean' && !ignores.value);
  if (isSensitive) return equalTo(receiver, [other], use);
  return ignores.kind === 'boolean' ? equalWithoutCase(receiver, [other], use) : undefined;
};

/** Whether the pattern fits the text in this way; `found`: the pattern is what is given, and not what is called. */
function fits(mode: Pattern['mode'], found: 'given' | 'called' = 'called'): Operation {
  return (receiver, [first], { here }: Use) => {
    const [pattern, text] = found === 'given' ? [first, receiver] : [receiver, first];
    return pattern?.kind === 'pattern' && text
      ? predicate(patternTest(pattern, text, here.range, mode), here.range, here.expression)
      : undefined;
  };
}

/** `regex.find(text)`: what was found, or nothing. */
function found(mode: Pattern['mode']): Operation {
  return (receiver, [text], { here }) =>
    receiver.kind === 'pattern' && text
      ? { kind: 'match', test: patternTest(receiver, text, here.range, mode), ...here }
      : undefined;
}

/** `"…".toRegex()`. */
const toRegex: Operation = (receiver, [options], use) =>
  compiledPattern(
    receiver,
    options === undefined ? '' : /IGNORE_CASE$/.test(options.expression?.text ?? '') ? 'i' : undefined,
    use,
  );

/** `origin?.let { … }`, `origin.run { … }`: what the block gives. */
const given: Operation = (receiver, [block], use) => applied(block, [receiver], use);

/** `origin.takeIf { it in allowed }`: the text, or nothing. */
function takenIf(wanted: boolean): Operation {
  return (receiver, [block], use) => {
    const answer = applied(block, [receiver], use);
    if (answer === undefined) return undefined;
    const holds = truth(answer, use.language.falsy);
    const { range, expression } = use.here;
    return oneOf(
      [
        { when: wanted ? holds : not(holds), value: receiver },
        { when: always, value: { kind: 'nothing', ...use.here } },
      ],
      range,
      expression,
    );
  };
}

const someOrAny: Operation = (receiver, values, use) =>
  values.length === 0 ? isPresent(receiver, values, use) : someMember(receiver, values, use);

/** What every value has. */
const scoping: Methods['text'] = {
  let: given,
  run: given,
  also: itself,
  apply: itself,
  takeIf: takenIf(true),
  takeUnless: takenIf(false),
  toString: itself,
  orEmpty: itself,
  getString: itself,
  getList: itself,
  equals: equal,
};

const methods: Methods = {
  text: {
    ...scoping,
    contentEquals: equal,
    startsWith: withCase(startsWith),
    endsWith: withCase(endsWith('none')),
    contains: withCase(contains),
    indexOf: position('first'),
    lastIndexOf: position('last'),
    matches: fits('full', 'given'),
    isEmpty,
    isBlank: isEmpty,
    isNullOrEmpty: isEmpty,
    isNullOrBlank: isEmpty,
    isNotEmpty: isPresent,
    isNotBlank: isPresent,
    lowercase: lowerCase,
    toLowerCase: lowerCase,
    uppercase: upperCase,
    toUpperCase: upperCase,
    trim: trim('both'),
    trimStart: trim('start'),
    trimEnd: trim('end'),
    trimIndent: unchanged,
    substring: slice('between'),
    get: character,
    replace: replace('all'),
    replaceFirst: replace('first'),
    removePrefix: withoutAffix('start'),
    removeSuffix: withoutAffix('end'),
    split: split('parts'),
    plus: concat,
    toRegex,
    getHost: partOfUrl('hostname'),
    getAuthority: partOfUrl('host'),
  },
  list: {
    ...scoping,
    contains,
    get: memberAt,
    any: someOrAny,
    all: everyMember,
    none: noMember,
    filter: filterMembers,
    find: findMember('first'),
    firstOrNull: findMember('first'),
    map: mapMembers,
    flatMap: flatMapMembers,
    joinToString: join(', '),
    plus: union,
    union,
    flatten: flat,
    toList: itself,
    toSet: itself,
    toMutableList: itself,
    toMutableSet: itself,
    toTypedArray: itself,
    asList: itself,
    asSequence: itself,
    stream: itself,
    distinct: itself,
    sorted: itself,
    filterNotNull: itself,
    toHashSet: itself,
  },
  dict: {
    ...scoping,
    containsKey: contains,
    contains,
    get: valueAt,
    getOrDefault: valueAt,
    keySet: keysOf,
    values: valuesOf,
    entries: entriesOf,
    matches: matching('full'),
    find: matching('search'),
    lookingAt: matching('prefix'),
  },
  pattern: {
    ...scoping,
    matches: fits('full'),
    containsMatchIn: fits('search'),
    matchesAt: fits('prefix'),
    matchEntire: found('full'),
    find: found('search'),
    matcher,
    toPattern: itself,
    toRegex: itself,
  },
};

/** What the parameters of handlers are, by their type. */
const roles: Readonly<Record<string, ParameterRole>> = {
  ApplicationCall: 'context',
  RoutingCall: 'context',
  Request: 'request',
  Context: 'context',
};

/** Names of headers as Ktor spells them. */
const headers = [
  'Origin',
  'Vary',
  'AccessControlAllowOrigin',
  'AccessControlAllowCredentials',
  'AccessControlAllowMethods',
  'AccessControlAllowHeaders',
  'AccessControlExposeHeaders',
  'AccessControlMaxAge',
  'AccessControlRequestMethod',
  'AccessControlRequestHeaders',
  'Authorization',
  'ContentType',
];
const spelled = (name: string): string => name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-');

export const valueLanguage = {
  name: 'kotlin',
  // Only a boolean is tested; what a test of another language would ask is asked by a comparison here.
  falsy: { emptyText: true, zero: true, emptyList: true },
  negativeIndexes: false,
  patternDialect: 'java',
  methods,
  functionNamed: (name) => kotlinFunction(name, methods),
  constants: {
    ...jvmConstants,
    ...Object.fromEntries(headers.map((name) => [`HttpHeaders.${name}`, spelled(name)])),
    ...Object.fromEntries(
      ['Get', 'Head', 'Post', 'Put', 'Patch', 'Delete', 'Options'].map((name) => [
        `HttpMethod.${name}`,
        name.toUpperCase(),
      ]),
    ),
    ...Object.fromEntries(
      ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].map((name) => [`Method.${name}`, name]),
    ),
  },
  request: {
    ...jvmRequest,
    requestNames: /^(r|rq|req|request|httpreq|httprequest|servletrequest|httpservletrequest|call)$/i,
    contextNames:
      /^(r|rq|req|request|httpreq|httprequest|ctx|context|call|exchange|requestcontext|routingcontext|this)$/i,
    otherInputs: new Set([...jvmRequest.otherInputs, 'queryparameters', 'parameters', 'rawqueryparameters']),
    methodNames: new Set(['method', 'httpmethod', 'requestmethod']),
    headerMethods: new Set([...jvmRequest.headerMethods, 'getall', 'names', 'entries', 'contains', 'append']),
    presence: new Set(['containsKey', 'contains']),
  },
  modules: kotlinModules,
  objects: {
    selfNames: new Set(['this']),
    passesSelf: false,
    bindsMethods: true,
    isFilled: isFilledBySpring,
    adds: new Set(['add', 'addAll', 'put', 'putAll', 'plusAssign']),
    addsEach: new Set(['addAll', 'putAll']),
    takesOut: new Set(['remove', 'removeAll', 'clear', 'removeIf', 'retainAll']),
  },
  flow: {
    looping: new Set(['forEach', 'onEach']),
    exits: new Set(['exitProcess', 'error', 'System.exit']),
    sends: new Set(['sendError', 'flushBuffer', 'sendRedirect']),
    timers: new Set(),
  },
  ofType: springEnvironment,
  settingOf: springSetting,
  isConstant: ({ kind, assignments }) => kind === 'const' || assignments.length === 0,
  roleOf: (parameter) =>
    jvmRole(parameter) ??
    (parameter.type && Object.hasOwn(roles, parameter.type.text) ? roles[parameter.type.text] : undefined),
  // What a property is given is not written where it stands.
  zeroOf: (_type, here): Inner => ({ kind: 'unknown', ...here }),
} satisfies ValueLanguage;
