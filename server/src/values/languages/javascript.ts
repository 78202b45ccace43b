/** JavaScript and TypeScript: the language's own names, those of browsers, Node, Deno and Bun, and of modules. */
import { all, not, originEquals, originPresent } from '../../policy/request-test.ts';
import { mapChoices, partOfInput, predicate } from '../inner-value.ts';
import { membership } from '../origin-tests.ts';
import { entriesOf, keysOf, valueAt, valuesOf } from '../operations/dicts.ts';
import {
  asBoolean,
  asList,
  compiledPattern,
  functionOf,
  isList,
  itself,
  listOfArguments,
  parsedJson,
  parsedUrl,
} from '../operations/functions.ts';
import { concat, dictOfPairs, flat, join, mergedDicts, union } from '../operations/joining.ts';
import {
  everyMember,
  filterMembers,
  findMember,
  flatMapMembers,
  mapMembers,
  memberPosition,
  someMember,
} from '../operations/list-callbacks.ts';
import { popped, shifted } from '../operations/segments.ts';
import { character, memberAt, slice, split } from '../operations/slices.ts';
import {
  comparedTo,
  contains,
  endsWith,
  matchOf,
  matchedBy,
  position,
  positionOfMatch,
  startsWith,
  testedBy,
} from '../operations/text-tests.ts';
import { lowerCase, replace, trim, unchanged, upperCase } from '../operations/texts.ts';
import { headerPresence } from '../request-inputs.ts';
import { scriptModules } from './javascript-modules.ts';
import type { LibraryFunction, Methods, Operation, ValueLanguage } from './value-language.ts';

const asItIs: Operation = (receiver) => (receiver.kind === 'list' ? receiver : undefined);

const methods: Methods = {
  text: {
    toLowerCase: lowerCase,
    toLocaleLowerCase: lowerCase,
    toUpperCase: upperCase,
    toLocaleUpperCase: upperCase,
    trim: trim('both'),
    trimStart: trim('start'),
    trimEnd: trim('end'),
    toString: unchanged,
    valueOf: unchanged,
    normalize: unchanged,
    toWellFormed: unchanged,
    startsWith,
    endsWith: endsWith('end'),
    includes: contains,
    indexOf: position('first'),
    lastIndexOf: position('last'),
    match: matchOf,
    search: positionOfMatch,
    localeCompare: comparedTo,
    slice: slice('between'),
    substring: slice('swapped'),
    substr: slice('length'),
    charAt: character,
    at: memberAt,
    split: split('pieces'),
    replace: replace('first'),
    replaceAll: replace('all'),
    concat,
  },
  list: {
    includes: contains,
    has: contains,
    indexOf: position('first'),
    lastIndexOf: position('last'),
    join: join(','),
    toString: join(','),
    concat,
    union,
    flat,
    slice: slice('between'),
    sort: asItIs,
    reverse: asItIs,
    values: asItIs,
    keys: asItIs,
    at: memberAt,
    pop: popped,
    shift: shifted,
    some: someMember,
    every: everyMember,
    find: findMember('first'),
    findLast: findMember('last'),
    findIndex: memberPosition,
    filter: filterMembers,
    map: mapMembers,
    flatMap: flatMapMembers,
  },
  dict: {
    has: contains,
    hasOwnProperty: contains,
    get: valueAt,
    keys: keysOf,
    values: valuesOf,
    entries: entriesOf,
  },
  pattern: { test: testedBy('search'), exec: matchedBy('search') },
};

const regExp: LibraryFunction = (given, use) => {
  const [source, flags] = [given.at(0), given.at(1)];
  const letters = flags === undefined || flags.kind === 'nothing' ? '' : flags.kind === 'text' ? flags.text : undefined;
  return (
    source &&
    mapChoices(source, (one) =>
      one.kind === 'pattern' && flags !== undefined
        ? { ...one, pattern: { ...one.pattern, flags: letters ?? '' } }
        : compiledPattern(one, letters, use),
    )
  );
};

const hasKey: LibraryFunction = (given, { here, language }) => {
  const [object, key] = [given.at(0), given.at(1)];
  const found = object && key && (headerPresence(object, key, language) ?? membership(object, key, here.range));
  return found && predicate(found, here.range, here.expression);
};

/** A parameter of Firebase, which is given when functions are deployed: `defineString('ORIGIN', { default: '*' })`. */
const parameter: LibraryFunction = (given, { here }) => {
  const [name, options] = [given.at(0), given.at(1)];
  if (name?.kind !== 'text') return undefined;
  const usual = options?.kind === 'dict' ? options.entries.find(({ key }) => key === 'default')?.value : undefined;
  const fallback = usual?.kind === 'text' || usual?.kind === 'list' ? usual : undefined;
  return { kind: 'environment', name: name.text, ...(fallback && { fallback }), ...here };
};

/** `Array.from(list, callback)`. */
const arrayFrom: LibraryFunction = (given, use) => {
  const [list, callback] = [asList('list')(given, use), given.at(1)];
  return list && callback
    ? mapChoices(list, (one) => mapMembers(one, [callback], use) ?? { kind: 'unknown', ...use.here })
    : list;
};

/** `URL.canParse(origin)`: every origin but `null`, and not where there is none. */
const isParsed: LibraryFunction = (given, { here }) => {
  const first = given.at(0);
  return first?.kind === 'request' && first.input === 'origin'
    ? predicate(all([originPresent, not(originEquals('null'))]), here.range, here.expression)
    : undefined;
};

const functions: Readonly<Record<string, LibraryFunction>> = {
  'Object.freeze': itself(),
  'Object.seal': itself(),
  structuredClone: itself(),
  // A middleware of Hono is made out of a function.
  createMiddleware: itself(),
  'Promise.resolve': itself(),
  encodeURI: itself(),
  decodeURI: itself(),
  decodeURIComponent: functionOf((one) => partOfInput(one)),
  String: itself(),
  Boolean: asBoolean,
  Set: asList('set'),
  WeakSet: asList('set'),
  'Array.from': arrayFrom,
  'Array.of': listOfArguments,
  // With one argument it is a length.
  Array: (given, use) => (given.all.length === 1 ? undefined : listOfArguments(given, use)),
  'Array.isArray': isList,
  'URL.canParse': isParsed,
  Map: (given, { here }) => dictOfPairs(given.at(0), here),
  'Object.fromEntries': (given, { here }) => dictOfPairs(given.at(0), here),
  'Object.assign': (given, { here }) => mergedDicts(given, here),
  'Object.keys': functionOf((one, values, use) => (one.kind === 'list' ? one : keysOf(one, values, use))),
  'Object.values': functionOf((one, values, use) => (one.kind === 'list' ? one : valuesOf(one, values, use))),
  'Object.hasOwn': hasKey,
  'Object.prototype.hasOwnProperty.call': hasKey,
  'Reflect.has': hasKey,
  'JSON.parse': parsedJson,
  defineString: parameter,
  defineList: parameter,
  defineSecret: parameter,
  'params.defineString': parameter,
  'params.defineList': parameter,
  'params.defineSecret': parameter,
  RegExp: regExp,
  URL: parsedUrl,
  'URL.parse': parsedUrl,
  'url.URL': parsedUrl,
  'url.parse': parsedUrl,
};

export const valueLanguage = {
  name: 'javascript',
  hasPromises: true,
  falsy: { emptyText: true, zero: true, emptyList: false },
  negativeIndexes: false,
  patternDialect: 'javascript',
  methods,
  functionNamed: (name) => (Object.hasOwn(functions, name) ? functions[name] : undefined),
  request: {
    headerContainers: new Set([
      'headers',
      'headersin',
      'header',
      'multivalueheaders',
      'requestheaders',
      'getheaders',
      'getrequestheaders',
    ]),
    requestNames: /^_{0,2}(req|request|httprequest|nextrequest)\d?$/i,
    contextNames: /^_{0,2}(ctx|context|c|event|evt|e|scope|req|request|requestcontext|http|httprequest)\d?$/i,
    otherInputs: new Set(['query', 'body', 'params', 'cookies', 'searchparams', 'querystringparameters']),
    methodNames: new Set(['method', 'httpmethod']),
    headerMethods: new Set(['get', 'has', 'getall', 'items', 'keys', 'entries', 'foreach', 'hasownproperty']),
    presence: new Set(['has', 'hasOwnProperty']),
    getters: /^(get|getAll)$/,
    headerReaders: /^(header|getHeader)$/,
    headerFunctions: /^(getHeader|getRequestHeader)$/,
    headersFunctions: /^(headers|getHeaders|getRequestHeaders)$/,
    environments: /^(process\.env|import\.meta\.env|Deno\.env|Bun\.env|env)$/,
    handedEnvironments: /^(\w+\.)?env$/,
    environmentMethods: new Set(['get', 'toObject', 'has']),
  },
  modules: scriptModules,
  objects: {
    selfNames: new Set(['this', 'self']),
    passesSelf: false,
    boundBy: 'bind',
    adds: new Set(['push', 'unshift', 'add', 'splice']),
    // Of a header at Amazon's edge: `request.headers.origin.value`.
    wrappedIn: new Set(['value']),
    mergesInto: /^(Object\.assign|(_|lodash|\$|jQuery)\.(assign|assignIn|extend|merge|defaults))$/,
    addsEach: new Set(),
    takesOut: new Set(['pop', 'shift', 'reverse', 'sort', 'fill', 'clear', 'copyWithin']),
  },
  flow: {
    looping: new Set(['forEach', 'some', 'every', 'map', 'find', 'filter', 'findIndex']),
    exits: new Set([
      'process.exit',
      'exit',
      'abort',
      'notFound',
      'redirect',
      'ctx.throw',
      'context.throw',
      'response.abort',
      'ctx.response.abort',
    ]),
    importedExits: new Map([
      ['@sveltejs/kit', new Set(['error', 'redirect'])],
      ['next/navigation', new Set(['forbidden', 'unauthorized', 'permanentRedirect'])],
    ]),
    asserts: new Map([
      ['assert', true],
      ['assert.ok', true],
      ['invariant', true],
      ['ctx.assert', true],
      ['context.assert', true],
      ['response.abortUnless', true],
      ['response.abortIf', false],
      ['ctx.response.abortUnless', true],
      ['ctx.response.abortIf', false],
    ]),
    sends: new Set(['end', 'send', 'json', 'jsonp', 'sendStatus', 'sendFile', 'redirect', 'render']),
    failingParse: /\bnew\s+URL\s*\(([^()]*)/,
    timers: new Set(['setTimeout', 'setImmediate', 'queueMicrotask', 'process.nextTick']),
  },
  isConstant: ({ kind }) => kind === 'const',
} satisfies ValueLanguage;
