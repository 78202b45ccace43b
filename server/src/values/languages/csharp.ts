/** C#: texts, LINQ, `Regex`, `Uri`, the configuration, requests of ASP.NET Core, OWIN, Web API and `HttpListener`. */
import type { Inner } from '../inner-value.ts';
import { toPublic } from '../inner-value.ts';
import type { ParameterRole } from '../evaluator.ts';
import { entriesOf, keysOf, valueAt, valuesOf } from '../operations/dicts.ts';
import { concat, union } from '../operations/joining.ts';
import {
  everyMember,
  filterMembers,
  findMember,
  flatMapMembers,
  mapMembers,
  memberPosition,
  someMember,
} from '../operations/list-callbacks.ts';
import { memberAt, slice, split } from '../operations/slices.ts';
import { contains, endsWith, position, startsWith, testedBy } from '../operations/text-tests.ts';
import { lowerCase, replace, trim, upperCase } from '../operations/texts.ts';
import { partOfSetting } from '../operations/environment-variables.ts';
import { csharpFunction, matched } from './csharp-functions.ts';
import { csharpModules } from './csharp-modules.ts';
import { settingOf } from './csharp-settings.ts';
import { compared, equalText, ordered, trimmedAt, withoutEnding } from './csharp-texts.ts';
import type { Methods, Operation, ValueLanguage } from './value-language.ts';

const itself: Operation = (receiver) => receiver;

/** `true.ToString()` is `True`. */
const asText: Operation = (receiver, _values, { here }) => {
  if (receiver.kind === 'boolean') return { kind: 'text', text: receiver.value ? 'True' : 'False', ...here };
  return receiver.kind === 'number' ? { kind: 'text', text: String(receiver.value), ...here } : receiver;
};

/** `text.Split(',', StringSplitOptions.RemoveEmptyEntries)`; a separator may be one of a list of one. */
const splitAt: Operation = (receiver, [given], use) => {
  const separator = given?.kind === 'list' && given.items.length === 1 ? given.items[0] : given;
  return separator?.kind === 'text' ? split('parts')(receiver, [separator], use) : undefined;
};

/** `uri.GetLeftPart(UriPartial.Authority)` of the origin is the origin. */
const leftPart: Operation = (receiver, _values, { here }) =>
  receiver.kind === 'origin-piece' && receiver.part === 'url'
    ? { kind: 'origin-piece', part: 'origin', ignoreCase: receiver.ignoreCase, ...here }
    : undefined;

/** `list.Any()`: whether there is one. */
const anyMember: Operation = (receiver, values, use) => {
  if (values.length > 0) return someMember(receiver, values, use);
  return receiver.kind === 'list' && (receiver.items.length > 0 || !receiver.open)
    ? { kind: 'boolean', value: receiver.items.length > 0, ...use.here }
    : undefined;
};

/** `list.Where(test).First()`, `values.FirstOrDefault()`. */
const first: Operation = (receiver, values, use) => {
  if (values.length > 0) return findMember('first')(receiver, values, use);
  return receiver.kind === 'list' ? memberAt(receiver, [{ kind: 'number', value: 0, ...use.here }], use) : receiver;
};

/** `section.GetSection("Origins")`, `section.GetValue<string>("Origin")`. */
const section: Operation = (receiver, [name], { here }) =>
  receiver.kind === 'environment' && name?.kind === 'text' ? partOfSetting(receiver, name.text, ':', here) : undefined;

const switchReader = /\.GetValue\s*<\s*bool\s*>/;

/** `configuration.GetValue<string>("Origin", "*")`; a boolean that is not set is false. See https://learn.microsoft.com/dotnet/api/microsoft.extensions.configuration.configurationbinder.getvalue */
const settingWithDefault: Operation = (receiver, [name, usual, ...others], use) => {
  const { here } = use;
  const variable = others.length === 0 ? section(receiver, name ? [name] : [], use) : undefined;
  if (variable?.kind !== 'environment') return variable;
  const isSwitch = switchReader.test(here.expression?.text ?? '');
  const fallback: Inner | undefined = usual ?? (isSwitch ? { kind: 'boolean', value: false, ...here } : undefined);
  return fallback ? { ...variable, fallback: toPublic(fallback) } : variable;
};

const methods: Methods = {
  text: {
    Equals: equalText,
    StartsWith: compared(startsWith),
    EndsWith: compared(endsWith('none')),
    Contains: compared(contains),
    IndexOf: compared(position('first')),
    LastIndexOf: compared(position('last')),
    CompareTo: ordered,
    ToLower: lowerCase,
    ToLowerInvariant: lowerCase,
    ToUpper: upperCase,
    ToUpperInvariant: upperCase,
    Trim: (receiver, values, use) => (values.length === 0 ? trim('both')(receiver, [], use) : undefined),
    TrimStart: trimmedAt('start'),
    TrimEnd: trimmedAt('end'),
    RemovePostFix: withoutEnding,
    Substring: slice('length'),
    Replace: (receiver, values, use) => replace('all')(receiver, values.slice(0, 2), use),
    Split: splitAt,
    ToString: asText,
    // Of the several values that a header may have, requests of browsers send one.
    First: itself,
    FirstOrDefault: itself,
    Single: itself,
    SingleOrDefault: itself,
    GetLeftPart: leftPart,
    GetSection: section,
    GetRequiredSection: section,
    GetValue: settingWithDefault,
    Get: itself,
    GetChildren: itself,
  },
  list: {
    Contains: (receiver, values, use) => contains(receiver, values.slice(0, 1), use),
    Any: anyMember,
    Exists: someMember,
    All: everyMember,
    TrueForAll: everyMember,
    Where: filterMembers,
    FindAll: filterMembers,
    Select: mapMembers,
    SelectMany: flatMapMembers,
    ConvertAll: mapMembers,
    First: first,
    FirstOrDefault: first,
    Find: findMember('first'),
    IndexOf: position('first'),
    FindIndex: memberPosition,
    ElementAt: memberAt,
    Concat: concat,
    Union: union,
    ToArray: itself,
    ToList: itself,
    ToHashSet: itself,
    ToImmutableHashSet: itself,
    ToImmutableArray: itself,
    ToFrozenSet: itself,
    AsEnumerable: itself,
    AsReadOnly: itself,
    Distinct: itself,
    OrderBy: itself,
    Get: itself,
    GetChildren: itself,
  },
  dict: {
    ContainsKey: contains,
    TryGetValue: (receiver, values, use) => contains(receiver, values.slice(0, 1), use),
    GetValueOrDefault: valueAt,
    Keys: keysOf,
    Values: valuesOf,
    AsEnumerable: entriesOf,
  },
  pattern: {
    IsMatch: testedBy('search'),
    Match: (receiver, values, use) => matched(testedBy('search')(receiver, values, use), use.here),
  },
};

/** What a parameter of this type is to a handler. */
const roles: Readonly<Record<string, ParameterRole>> = {
  HttpContext: 'context',
  HttpContextBase: 'context',
  HttpListenerContext: 'context',
  IOwinContext: 'context',
  HttpRequest: 'request',
  HttpRequestBase: 'request',
  HttpRequestMessage: 'request',
  HttpListenerRequest: 'request',
  HttpResponse: 'response',
  HttpResponseBase: 'response',
  HttpResponseMessage: 'response',
  HttpListenerResponse: 'response',
  RequestDelegate: 'next',
};

const headerNames: Readonly<Record<string, string>> = {
  Origin: 'Origin',
  Vary: 'Vary',
  AccessControlAllowOrigin: 'Access-Control-Allow-Origin',
  AccessControlAllowCredentials: 'Access-Control-Allow-Credentials',
  AccessControlAllowMethods: 'Access-Control-Allow-Methods',
  AccessControlAllowHeaders: 'Access-Control-Allow-Headers',
  AccessControlExposeHeaders: 'Access-Control-Expose-Headers',
  AccessControlMaxAge: 'Access-Control-Max-Age',
  AccessControlRequestMethod: 'Access-Control-Request-Method',
  AccessControlRequestHeaders: 'Access-Control-Request-Headers',
};
const httpMethods = ['Get', 'Head', 'Post', 'Put', 'Patch', 'Delete', 'Options', 'Trace', 'Connect'];
const comparisons = ['Ordinal', 'InvariantCulture', 'CurrentCulture'].flatMap((name) => [name, `${name}IgnoreCase`]);
const statuses = { Status200OK: 200, Status204NoContent: 204, Status403Forbidden: 403, Status405MethodNotAllowed: 405 };

/** Types that ask the configuration. */
const configurations = /^(IConfiguration(Root)?|ConfigurationManager)\??$/;

export const valueLanguage = {
  name: 'csharp',
  // Only a boolean is tested; what a test of another language would ask is asked by a comparison here.
  falsy: { emptyText: true, zero: true, emptyList: true },
  negativeIndexes: true,
  patternDialect: 'dotnet',
  truthText: (value) => (value ? 'True' : 'False'),
  methods,
  functionNamed: csharpFunction,
  constants: {
    ...Object.fromEntries(
      ['HeaderNames', 'CorsConstants'].flatMap((type) =>
        Object.entries(headerNames).map(([name, text]) => [`${type}.${name}`, text]),
      ),
    ),
    'CorsConstants.AnyOrigin': '*',
    ...Object.fromEntries(
      ['HttpMethods', 'HttpMethod'].flatMap((type) =>
        httpMethods.map((name) => [`${type}.${name}`, name.toUpperCase()]),
      ),
    ),
    ...Object.fromEntries(
      ['StringComparison', 'StringComparer'].flatMap((type) => comparisons.map((name) => [`${type}.${name}`, name])),
    ),
    ...Object.fromEntries(
      Object.entries(statuses).flatMap(([name, status]) => [
        [`StatusCodes.${name}`, status],
        [`HttpStatusCode.${name.replace(/^Status\d+/, '')}`, status],
      ]),
    ),
    'string.Empty': '',
    'String.Empty': '',
  },
  request: {
    headerContainers: new Set(['headers', 'requestheaders']),
    requestNames: /^_?(req|request|httprequest|httprequestmessage)$/i,
    contextNames:
      /^_?(req|request|httprequest|ctx|context|c|httpcontext|current|owincontext|filtercontext|actioncontext)$/i,
    otherInputs: new Set(['query', 'querystring', 'form', 'body', 'cookies', 'routevalues', 'params']),
    methodNames: new Set(['method', 'httpmethod', 'requesttype']),
    headerMethods: new Set([
      'get',
      'getvalues',
      'trygetvalue',
      'trygetvalues',
      'containskey',
      'contains',
      'add',
      'append',
      'tryadd',
      'remove',
      'getcommaseparatedvalues',
      'keys',
      'allkeys',
      'values',
      'count',
    ]),
    switchReader,
    getters: /^(Get|GetValues|GetValue|GetSection|GetRequiredSection|GetCommaSeparatedValues)$/,
    presence: new Set(['ContainsKey', 'Contains', 'TryGetValue', 'TryGetValues']),
    headerReaders: /^(GetHeader|Header)$/,
    environments: /(^|\.)(_?(app)?config(uration)?|AppSettings)$/i,
    handedEnvironments: /(^|\.)_?(app)?config(uration)?$/i,
    environmentMethods: new Set(),
  },
  modules: csharpModules,
  objects: {
    selfNames: new Set(['this', 'base']),
    passesSelf: false,
    bindsMethods: true,
    isComputed: ({ name, text }) => name === 'get' && /^(\w+\s+)*get\b/.test(text),
    adds: new Set(['Add', 'AddRange', 'UnionWith', 'Insert', 'TryAdd', 'Append']),
    addsEach: new Set(['AddRange', 'UnionWith']),
    takesOut: new Set(['Remove', 'RemoveAll', 'RemoveAt', 'Clear', 'ExceptWith', 'IntersectWith']),
    wrappedIn: new Set(['Value']),
    urlMembers: {
      Host: 'hostname',
      DnsSafeHost: 'hostname',
      IdnHost: 'hostname',
      Authority: 'host',
      Scheme: 'scheme',
      Port: 'port',
    },
  },
  flow: {
    looping: new Set(['ForEach']),
    exits: new Set(['Environment.Exit', 'Environment.FailFast']),
    sends: new Set(['CompleteAsync', 'Close']),
    failingParse: /\bnew\s+Uri\s*\(([^()]*)/,
    timers: new Set(),
  },
  isConstant: ({ kind, assignments }) => kind === 'const' || assignments.length === 0,
  roleOf: ({ type }) =>
    type && Object.hasOwn(roles, type.text.replace(/\?$/, '')) ? roles[type.text.replace(/\?$/, '')] : undefined,
  // What a field is given is not written where it stands.
  zeroOf: (_type, here): Inner => ({ kind: 'unknown', ...here }),
  ofType: (type, here) =>
    configurations.test(type.text) ? { kind: 'path', root: 'global', names: ['configuration'], ...here } : undefined,
  // `#if RELEASE`.
  phases: { development: [], production: ['release'] },
  settingSeparator: ':',
  settingOf,
} satisfies ValueLanguage;
