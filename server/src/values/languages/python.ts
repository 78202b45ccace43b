/** Python: built-in functions and methods, `re`, `urllib.parse`, `os.environ`, settings classes. */
import { originSubject, predicate, toPublic } from '../inner-value.ts';
import type { Inner } from '../inner-value.ts';
import type { Node } from '../../syntax/programs/program.ts';
import type { Pattern } from '../../policy/request-test.ts';
import { patternTest } from '../origin-tests.ts';
import { entriesOf, keysOf, valueAt, valuesOf } from '../operations/dicts.ts';
import {
  asBoolean,
  asList,
  compiledPattern,
  environmentVariable,
  functionOf,
  itself,
  lengthOf,
  numbered,
  parsedJson,
  parsedUrl,
} from '../operations/functions.ts';
import { dictOfArguments, joinMembers, union } from '../operations/joining.ts';
import { filterMembers, flatMapMembers, mapMembers, truthOfMembers } from '../operations/list-callbacks.ts';
import { popped } from '../operations/segments.ts';
import { split } from '../operations/slices.ts';
import { contains, endsWith, matchedBy, ofAny, position, startsWith } from '../operations/text-tests.ts';
import { lowerCase, partition, replace, trim, unchanged, upperCase, withoutAffix } from '../operations/texts.ts';
import { globPattern } from './python-globs.ts';
import { pythonModules } from './python-modules.ts';
import type { Arguments, LibraryFunction, Methods, Operation, Use, ValueLanguage } from './value-language.ts';

const asItIs: Operation = (receiver) => (receiver.kind === 'list' ? receiver : undefined);

const methods: Methods = {
  text: {
    lower: lowerCase,
    casefold: lowerCase,
    upper: upperCase,
    strip: trim('both'),
    lstrip: trim('start'),
    rstrip: trim('end'),
    encode: unchanged,
    decode: unchanged,
    startswith: ofAny(startsWith),
    endswith: ofAny(endsWith('none')),
    __contains__: contains,
    find: position('first'),
    rfind: position('last'),
    index: position('first'),
    split: split('cuts'),
    join: joinMembers,
    replace: replace('all'),
    removeprefix: withoutAffix('start'),
    removesuffix: withoutAffix('end'),
    partition,
  },
  list: {
    __contains__: contains,
    union,
    copy: asItIs,
    pop: popped,
    // Comprehensions are lowered to these.
    filter: filterMembers,
    map: mapMembers,
    flatMap: flatMapMembers,
  },
  dict: {
    __contains__: contains,
    get: valueAt,
    keys: keysOf,
    values: valuesOf,
    items: entriesOf,
  },
  pattern: { search: matchedBy('search'), match: matchedBy('prefix'), fullmatch: matchedBy('full') },
};

/** The pattern that an argument is or is compiled to; a finding about it points at its text. */
function patternOf(given: Arguments, flagsIndex: number, use: Use): Inner | undefined {
  const source = given.at(0);
  const flags = given.expressionAt(flagsIndex, 'flags');
  return (
    source &&
    compiledPattern(source, flags === undefined ? '' : flagLetters(flags.text), {
      ...use,
      here: { ...use.here, range: source.range },
    })
  );
}

/** `re.IGNORECASE | re.X`; undefined for what is not spelled out. Of all flags these two change what is accepted. */
function flagLetters(text: string): string | undefined {
  const names = text.split('|').map((one) => one.trim().replace(/^(?:re|regex)\.(?:RegexFlag\.)?/, ''));
  if (
    !names.every((name) =>
      /^(?:0|NOFLAG|I|IGNORECASE|X|VERBOSE|M|MULTILINE|S|DOTALL|A|ASCII|U|UNICODE|DEBUG)$/.test(name),
    )
  )
    return undefined;
  return `${names.some((name) => /^I/.test(name)) ? 'i' : ''}${names.some((name) => /^(X|VERBOSE)$/.test(name)) ? 'x' : ''}`;
}

/** `re.match(pattern, text)` and its kin. */
function matching(mode: Pattern['mode']): LibraryFunction {
  return (given, use) => {
    const [pattern, subject] = [patternOf(given, 2, use), given.at(1, 'string')];
    return (
      pattern && subject && { kind: 'match', test: patternTest(pattern, subject, use.here.range, mode), ...use.here }
    );
  };
}

/** `fnmatch(origin, "https://*.example.com")`. */
const globMatched: LibraryFunction = (given, { here }) => {
  const [subject, glob] = [given.at(0, 'name'), given.at(1, 'pat')];
  const pattern = glob?.kind === 'text' ? globPattern(glob.text) : undefined;
  if (!subject || !glob || pattern === undefined || originSubject(subject) === undefined) return undefined;
  const compiled: Inner = { kind: 'pattern', pattern, fromString: true, range: glob.range };
  return predicate(patternTest(compiled, subject, here.range, 'full'), here.range, here.expression);
};

/** `re.sub(pattern, '', origin)`. */
const substituted: LibraryFunction = (given, use) => {
  const [pattern, replacement, subject] = [patternOf(given, 4, use), given.at(1, 'repl'), given.at(2, 'string')];
  if (!pattern || !replacement || !subject || originSubject(subject) === undefined) return undefined;
  const everywhere: Inner =
    pattern.kind === 'pattern'
      ? { ...pattern, pattern: { ...pattern.pattern, flags: `${pattern.pattern.flags}g` } }
      : pattern;
  return replace('first')(subject, [everywhere, replacement], use);
};

/** `re.escape(text)`. */
const escaped: LibraryFunction = (given, { here }) => {
  const text = given.at(0);
  return text?.kind === 'text'
    ? { kind: 'text', text: text.text.replaceAll(/[-\\^$*+?.()|[\]{}]/g, '\\$&'), ...here }
    : undefined;
};

/** The default of a pydantic or dataclass field; nothing where there is none. */
const fieldDefault: LibraryFunction = (given, { here, session, place }) => {
  const factory = given.at(1_000, 'default_factory');
  if (factory?.kind === 'path' && /^(list|tuple|set)$/.test(factory.names.join('.')))
    return { kind: 'list', items: [], open: false, type: 'list', ...here };
  if (factory?.kind === 'unknown' && factory.expression?.kind === 'class')
    return { kind: 'instance', of: factory.expression, ...here };
  return factory ? session.apply(factory, [], here, place) : given.at(0, 'default');
};

/** `map(function, list)`. */
const mapped: LibraryFunction = (given, use) => {
  const [callback, list] = [given.at(0), given.at(1)];
  return callback && list && mapMembers(list, [callback], use);
};

/** `filter(function, list)`; with nothing for the function, what is truthy stays. */
const filtered: LibraryFunction = (given, use) => {
  const [callback, list] = [given.at(0), given.at(1)];
  const truthy: Inner = { kind: 'path', root: 'global', names: ['bool'], ...use.here };
  return callback && list && filterMembers(list, [callback.kind === 'nothing' ? truthy : callback], use);
};

const some =
  (which: 'some' | 'every'): LibraryFunction =>
  (given, use) => {
    const list = given.at(0);
    return list && truthOfMembers(list, which, use);
  };

/** `getattr(settings, "ORIGINS", ["*"])`: what is given there is not known, what holds without it is. */
const attributeOr: LibraryFunction = (given, { here }) => {
  const [name, usual] = [given.at(1), given.at(2)];
  return name?.kind === 'text' && (usual?.kind === 'text' || usual?.kind === 'list')
    ? { kind: 'environment', name: name.text, fallback: toPublic(usual), ...here }
    : undefined;
};

const textTypes = /^(str|AnyStr)$/;
const listTypes = /^(list|tuple|set|frozenset|List|Sequence|Iterable|collections\.abc\.(Sequence|Iterable))$/;

/** `isinstance(value, str)`, `isinstance(value, (list, tuple))`, of values whose type is known. */
const isInstance: LibraryFunction = (given, { here }) => {
  const [value, wanted] = [given.at(0), given.at(1)];
  const types = wanted?.kind === 'list' ? wanted.items : wanted === undefined ? [] : [wanted];
  const names = types.map((one) => (one.kind === 'path' ? one.names.join('.') : ''));
  // What a variable of the environment holds is a text, be it set or not, unless it falls back to something else.
  const isText = value?.kind === 'text' || (value?.kind === 'environment' && value.fallback?.kind === 'text');
  const isList = value?.kind === 'list';
  if ((!isText && !isList) || !names.every((name) => textTypes.test(name) || listTypes.test(name))) return undefined;
  const fits = names.some((name) => (isText ? textTypes : listTypes).test(name));
  return { kind: 'boolean', value: fits, ...here };
};

/** Readers of the environment of django-environ and environs: `env = Env()`, then `env.list("X")`. */
const environmentReader: LibraryFunction = (_given, { here }) => ({
  kind: 'path',
  root: 'global',
  names: ['env'],
  ...here,
});

const functions: Readonly<Record<string, LibraryFunction>> = {
  isinstance: isInstance,
  Env: environmentReader,
  FileAwareEnv: environmentReader,
  list: asList('list'),
  sorted: asList('list'),
  reversed: asList('list'),
  iter: asList('list'),
  tuple: asList('tuple'),
  set: asList('set'),
  frozenset: asList('set'),
  dict: (given, { here }) => dictOfArguments(given, here),
  str: itself(),
  Depends: itself(),
  cast: itself(1),
  bool: (given, use) => (given.all.length === 0 ? undefined : asBoolean(given, use)),
  vars: itself(),
  getattr: attributeOr,
  any: some('some'),
  all: some('every'),
  'typer.Option': fieldDefault,
  'typer.Argument': fieldDefault,
  Field: fieldDefault,
  field: fieldDefault,
  enumerate: numbered,
  len: lengthOf,
  map: mapped,
  filter: filtered,
  compile: (given, use) => patternOf(given, 1, use),
  match: matching('prefix'),
  search: matching('search'),
  fullmatch: matching('full'),
  'fnmatch.fnmatch': globMatched,
  'fnmatch.fnmatchcase': globMatched,
  fnmatch: globMatched,
  fnmatchcase: globMatched,
  sub: substituted,
  escape: escaped,
  'json.loads': parsedJson,
  urlparse: parsedUrl,
  urlsplit: parsedUrl,
};

/** Modules whose functions are known by their own name, however they are imported. */
const knownModules = /^(urllib\.parse|parse|urlparse|re|regex|builtins|pydantic|dataclasses|environ|environs)\./;

/** What reads an environment variable; django-environ and decouple have several. */
const environmentReaders =
  /^(os\.getenv|getenv|os\.environ\.get|environ\.get|(decouple\.)?config|env|env\.(str|list|tuple|bool|get|url))$/;

/** `cast=Csv()`, `cast=lambda text: text.split(",")`. */
const splits = /\bCsv\(|\.split\(\s*["'],["']\s*\)/;

/** A variable of the environment; what it falls back to is read as the variable is. */
function variableRead(name: string): LibraryFunction {
  return (given, use) => {
    const scheme = given.expressionAt(1, 'default') === undefined ? fallbackOfScheme(given, use) : undefined;
    if (scheme !== undefined && /^env\b/.test(name)) return scheme;
    const split = /\.(list|tuple)$/.test(name) || splits.test(given.expressionAt(1_000, 'cast')?.text ?? '');
    const variable = environmentVariable({ split, fallback: [1, 'default'] })(given, use);
    if (!split || variable?.kind !== 'environment' || variable.fallback?.kind !== 'text') return variable;
    // What is split is always a list; a fallback of django-environ is none that is split.
    const { range, expression } = variable.fallback;
    const comma: Inner = { kind: 'text', text: ',', range };
    const pieces = /\.(list|tuple)$/.test(name)
      ? undefined
      : methods.text.split!({ ...variable.fallback, range, expression }, [comma], use);
    return pieces ? { ...variable, fallback: toPublic(pieces) } : variable;
  };
}

/** `env = environ.Env(ORIGINS=(list, ["*"]))`: a variable's type and what it falls back to. */
function fallbackOfScheme(given: Arguments, { here, session, place }: Use): Inner | undefined {
  const name = given.at(0);
  if (name?.kind !== 'text' || !/^\w+$/.test(name.text)) return undefined;
  const { program } = place;
  for (const {
    index,
    0: { length },
  } of program.text.matchAll(/\bEnv\(/g)) {
    let node: Node | undefined = program.expressionAt(index + length - 1);
    while (node && node.kind !== 'call') node = node.parent;
    const value = node?.arguments.find((one) => one.name === name.text)?.value;
    const declared = value && session.value(value, place);
    const fallback = declared?.kind === 'list' ? declared.items[1] : undefined;
    if (declared?.kind === 'list' && fallback)
      return {
        kind: 'environment',
        name: name.text,
        fallback,
        split: /^\(\s*(list|tuple)\b/.test(value!.text),
        ...here,
      };
  }
  return undefined;
}

function functionNamed(name: string): LibraryFunction | undefined {
  if (environmentReaders.test(name)) return variableRead(name);
  // `map(str.strip, hosts)`.
  const method = /^str\.(\w+)$/.exec(name)?.[1];
  if (method !== undefined && Object.hasOwn(methods.text, method)) return functionOf(methods.text[method]!);
  const own = name.replace(knownModules, '');
  return Object.hasOwn(functions, own) ? functions[own] : undefined;
}

/** Constants of aiohttp, by the module's name as it is imported. */
function aiohttpNames(module: string): Readonly<Record<string, string>> {
  return {
    [`${module}.ORIGIN`]: 'Origin',
    [`${module}.ACCESS_CONTROL_REQUEST_METHOD`]: 'Access-Control-Request-Method',
    [`${module}.ACCESS_CONTROL_REQUEST_HEADERS`]: 'Access-Control-Request-Headers',
    [`${module}.METH_OPTIONS`]: 'OPTIONS',
  };
}

export const valueLanguage = {
  name: 'python',
  falsy: { emptyText: true, zero: true, emptyList: true },
  negativeIndexes: true,
  patternDialect: 'python',
  truthText: (value) => (value ? 'True' : 'False'),
  methods,
  functionNamed,
  constants: { ...aiohttpNames('hdrs'), ...aiohttpNames('aiohttp.hdrs') },
  request: {
    headerContainers: new Set(['headers', 'header', 'meta', 'environ', 'multivalueheaders', 'requestheaders']),
    requestNames: /^_{0,2}(req|request|httprequest|current_request)\d?$/i,
    // Chalice.
    requestMembers: /^current_request$/,
    // Werkzeug, that is Flask.
    originMembers: new Set(['origin']),
    contextNames: /^_{0,2}(ctx|context|c|event|evt|e|scope|req|request|requestcontext|http|environ|httprequest)\d?$/i,
    otherInputs: new Set([
      'query',
      'body',
      'params',
      'cookies',
      'args',
      'form',
      'get',
      'post',
      'query_params',
      'querystringparameters',
      'path_params',
    ]),
    methodNames: new Set(['method', 'httpmethod', 'request_method']),
    headerMethods: new Set(['get', 'getlist', 'get_all', 'items', 'keys']),
    getters: /^(get|getlist|get_all)$/,
    partsByKey: true,
    headerReaders: /^get_header$/,
    environments: /^(os\.environ|env|environ)$/,
    environmentMethods: new Set(['get']),
  },
  modules: pythonModules,
  objects: {
    selfNames: new Set(['self', 'cls']),
    passesSelf: true,
    // Of a header at Amazon's edge: `request["headers"]["origin"][0]["value"]`.
    wrappedIn: new Set(['value']),
    isComputed: ({ decorators }) =>
      decorators.some((decorator) =>
        /^(property|cached_property|computed_field|functools\.cached_property)\b/.test(decorator.text),
      ),
    // https://docs.pydantic.dev/latest/concepts/pydantic_settings/
    readsEnvironment: ({ superclass }) => superclass !== undefined && /Settings\b/.test(superclass.text),
    prefixedBy: ({ text }) => /\benv_prefix["']?\s*[=:]\s*["']([^"']*)["']/.exec(text)?.[1],
    nestedBy: ({ text }) => /\benv_nested_delimiter["']?\s*[=:]\s*["']([^"']+)["']/.exec(text)?.[1],
    adds: new Set(['add', 'append', 'extend', 'insert', 'update']),
    addsEach: new Set(['extend', 'update']),
    takesOut: new Set(['pop', 'reverse', 'sort', 'remove', 'clear']),
  },
  flow: {
    looping: new Set(['filter', 'map']),
    exits: new Set(['sys.exit', 'exit', 'abort']),
    sends: new Set(),
    timers: new Set(),
    // `urlparse` fails for hosts in half a bracket only.
    neverFails: /^\s*(?:\w+\s*=\s*(?:\w+\.)*url(?:parse|split)\([^()]*\)(?:\.\w+)*\s*)+$/,
  },
  isConstant: ({ assignments }) => assignments.length === 0,
} satisfies ValueLanguage;
