/** Functions and types of .NET and ASP.NET, by the name that programs call them. */
import type { Inner } from '../inner-value.ts';
import { mapChoices } from '../inner-value.ts';
import {
  asList,
  compiledPattern,
  environmentVariable,
  functionOf,
  itself,
  listOfArguments,
  parsedUrl,
} from '../operations/functions.ts';
import { concatenate } from '../operations/joining.ts';
import { position, testedBy } from '../operations/text-tests.ts';
import type { At } from '../session.ts';
import { isEmpty } from '../operations/text-tests.ts';
import { equalText, isAddress, ordered } from './csharp-texts.ts';
import type { Arguments, LibraryFunction, Use } from './value-language.ts';

const emptyList: LibraryFunction = (_given, { here }) => ({
  kind: 'list',
  items: [],
  open: false,
  type: 'list',
  ...here,
});

const emptyMap: LibraryFunction = (given, { here }) =>
  given.all.every(({ value }) => isComparer(value())) ? { kind: 'dict', entries: [], open: false, ...here } : undefined;

/** How members are compared, and for how many there is room, is no member. */
const isComparer = (value: Inner): boolean =>
  (value.kind === 'text' && /^(Ordinal|InvariantCulture|CurrentCulture)(IgnoreCase)?$/.test(value.text)) ||
  value.kind === 'number';

/** `new List<string>()`, `new HashSet<string>(list, StringComparer.OrdinalIgnoreCase)`. */
function collection(type: 'list' | 'set'): LibraryFunction {
  return (given, use) => {
    const first = given.at(0);
    return first === undefined || isComparer(first) ? emptyList(given, use) : asList(type)(given, use);
  };
}

/** The letters of `RegexOptions.IgnoreCase | RegexOptions.Compiled`; undefined where others change what is matched. */
function flagsOf(options: string | undefined): string | undefined {
  const names = options?.split('|').map((name) => name.trim().replace(/^.*\./, '')) ?? [];
  const letters: Readonly<Record<string, string>> = {
    None: '',
    Compiled: '',
    CultureInvariant: '',
    NonBacktracking: '',
    ExplicitCapture: '',
    IgnoreCase: 'i',
    Multiline: 'm',
    Singleline: 's',
    IgnorePatternWhitespace: 'x',
  };
  return names.every((name) => Object.hasOwn(letters, name)) ? names.map((name) => letters[name]).join('') : undefined;
}

/** The argument that holds options of the pattern, from this place on; what stands behind may be a time limit. */
function optionsFrom(given: Arguments, index: number): string | undefined {
  const written = given.expressionAt(index, 'options')?.text;
  return written !== undefined && /TimeSpan|Timeout/.test(written) ? undefined : written;
}

/** `new Regex("^https", RegexOptions.IgnoreCase)`. */
const pattern: LibraryFunction = (given, use) => {
  const source = given.at(0, 'pattern');
  return source && mapChoices(source, (one) => compiledPattern(one, flagsOf(optionsFrom(given, 1)), use));
};

/** `Regex.IsMatch(text, pattern, options)`. */
const isMatch: LibraryFunction = (given, use) => {
  const [text, source] = [given.at(0, 'input'), given.at(1, 'pattern')];
  const compiled = source && mapChoices(source, (one) => compiledPattern(one, flagsOf(optionsFrom(given, 2)), use));
  return compiled && text && testedBy('search')(compiled, [text], use);
};

/** `Regex.Match(text, pattern)` has a `Success`. */
const match: LibraryFunction = (given, use) => matched(isMatch(given, use), use.here);

/** What a pattern found: an object that says whether it did. */
export function matched(test: Inner | undefined, here: At): Inner | undefined {
  return test?.kind === 'predicate'
    ? {
        kind: 'dict',
        open: true,
        entries: [{ key: 'Success', keyRange: here.range, value: test, range: here.range }],
        ...here,
      }
    : undefined;
}

const escaped: LibraryFunction = (given, { here }) => {
  const text = given.at(0);
  return text?.kind === 'text'
    ? { kind: 'text', text: text.text.replaceAll(/[\\*+?|{[()^$.# ]/g, '\\$&'), ...here }
    : undefined;
};

/** `string.Format("https://{0}", host)`. */
const formatted: LibraryFunction = (given, { here }) => {
  const format = given.at(0);
  if (format?.kind !== 'text' || given.all.some(({ spread }) => spread)) return undefined;
  const pieces = format.text.split(/(\{\d+[^}]*\})/);
  const parts = pieces.map((piece): Inner => {
    const index = /^\{(\d+)/.exec(piece)?.[1];
    const unread: Inner = { kind: 'unknown', ...here };
    return index === undefined ? { kind: 'text', text: piece, ...here } : (given.at(Number(index) + 1) ?? unread);
  });
  return concatenate(
    parts.filter((part) => part.kind !== 'text' || part.text !== ''),
    here,
  );
};

const concatenated: LibraryFunction = (given, { here }) =>
  concatenate(
    given.all.map(({ value }) => value()),
    here,
  );

/** `string.Join(",", list)` of one member is the member. */
const joined: LibraryFunction = (given, { here }) => {
  const [separator, first] = [given.at(0), given.at(1)];
  if (separator?.kind !== 'text' || first?.kind !== 'list' || first.open) return undefined;
  const parts = first.items.flatMap((item, index): Inner[] => (index === 0 ? [item] : [separator, item]));
  return concatenate(parts, here);
};

/** `HttpMethods.IsOptions(request.Method)`. */
const isMethod =
  (text: string): LibraryFunction =>
  (given, use: Use) => {
    const method = given.at(0);
    return method && equalText(method, [{ kind: 'text', text, ...use.here }], use);
  };

/** A name that nothing in the file binds: what is known of it is what it is called. */
const called =
  (name: string): LibraryFunction =>
  (_given, { here }) => ({ kind: 'path', root: 'global', names: [name], ...here });

const equal = functionOf(equalText);
const empty = functionOf(isEmpty);

const functions: Readonly<Record<string, LibraryFunction>> = {
  'string.Equals': equal,
  'String.Equals': equal,
  Equals: equal,
  'StringComparer.OrdinalIgnoreCase.Equals': (given, use) => {
    const [left, right] = [given.at(0), given.at(1)];
    return left && right && equalText(left, [right, { kind: 'boolean', value: true, ...use.here }], use);
  },
  'string.Compare': functionOf(ordered),
  'String.Compare': functionOf(ordered),
  'string.IsNullOrEmpty': empty,
  'string.IsNullOrWhiteSpace': empty,
  'String.IsNullOrEmpty': empty,
  'String.IsNullOrWhiteSpace': empty,
  'StringValues.IsNullOrEmpty': empty,
  'string.Format': formatted,
  'String.Format': formatted,
  'string.Concat': concatenated,
  'string.Join': joined,
  'String.Join': joined,
  Regex: pattern,
  'Regex.IsMatch': isMatch,
  'Regex.Match': match,
  'Regex.Escape': escaped,
  Uri: parsedUrl,
  'Uri.TryCreate': functionOf(isAddress),
  'Uri.IsWellFormedUriString': functionOf(isAddress),
  StringValues: itself(),
  List: collection('list'),
  HashSet: collection('set'),
  SortedSet: collection('set'),
  Collection: collection('list'),
  Dictionary: emptyMap,
  ConcurrentDictionary: emptyMap,
  'Array.Empty': emptyList,
  'Enumerable.Empty': emptyList,
  'ImmutableArray.Create': listOfArguments,
  'ImmutableHashSet.Create': listOfArguments,
  'Array.IndexOf': functionOf(position('first')),
  'Environment.GetEnvironmentVariable': environmentVariable(),
  'Convert.ToString': itself(),
  'HttpMethods.IsOptions': isMethod('OPTIONS'),
  'HttpMethods.IsGet': isMethod('GET'),
  'HttpMethods.IsPost': isMethod('POST'),
  'HttpMethods.Equals': equal,
  'WebApplication.CreateBuilder': called('builder'),
  'WebApplication.CreateSlimBuilder': called('builder'),
  'builder.Build': called('app'),
  'TimeSpan.FromSeconds': seconds(1),
  'TimeSpan.FromMinutes': seconds(60),
  'TimeSpan.FromHours': seconds(3600),
  'TimeSpan.FromDays': seconds(86_400),
  TimeSpan: timeSpan,
};

/** A span of time as its seconds. */
function seconds(unit: number): LibraryFunction {
  return (given, { here }) => {
    const count = given.at(0);
    return count?.kind === 'number' ? { kind: 'number', value: count.value * unit, ...here } : undefined;
  };
}

/** `new TimeSpan(hours, minutes, seconds)`, or with days in front of them. */
function timeSpan(given: Arguments, { here }: Use): Inner | undefined {
  const parts = given.all.map(({ value }) => value()).map((part) => (part.kind === 'number' ? part.value : Number.NaN));
  const units = parts.length === 3 ? [3600, 60, 1] : parts.length === 4 ? [86_400, 3600, 60, 1] : [];
  const value = parts.reduce((sum, part, index) => sum + part * (units[index] ?? Number.NaN), 0);
  return Number.isNaN(value) ? undefined : { kind: 'number', value, ...here };
}

/** A list's own function, as it is called on the class: `Array.Exists(list, test)`, `Enumerable.Contains(list, origin)`. */
const ofArrays = /^(Array|Enumerable)\.(Exists|Any|All|TrueForAll|Contains|ConvertAll|FindAll)$/;

export function csharpFunction(name: string): LibraryFunction | undefined {
  const plainName = name.replace(
    /^(System|Microsoft)\.([A-Z]\w*\.)*?(?=(String|Uri|Environment|Array|Regex|TimeSpan|HttpMethods)\b)/,
    '',
  );
  if (Object.hasOwn(functions, plainName)) return functions[plainName];
  const own = ofArrays.exec(plainName)?.[2];
  return own === undefined
    ? undefined
    : functionOf((receiver, values, use) => use.language.methods.list[own]?.(receiver, values, use));
}
