/** Functions of Scala's and Java's standard libraries, by the name that programs call them. */
import { predicate, toPublic } from '../inner-value.ts';
import { patternTest } from '../origin-tests.ts';
import { compiledPattern, environmentVariable, itself, listOfArguments, parsedUrl } from '../operations/functions.ts';
import type { DictEntry } from '../value.ts';
import type { LibraryFunction } from './value-language.ts';

/** `Seq("a", "b")`, `Set(list: _*)`. */
const listOf: LibraryFunction = (given, use) => {
  const only = given.all.length === 1 ? given.all[0] : undefined;
  return only?.spread ? only.value() : listOfArguments(given, use);
};

const emptyList: LibraryFunction = (_given, { here }) => ({
  kind: 'list',
  items: [],
  open: false,
  type: 'list',
  ...here,
});

/** `Map("a" -> 1)`: each pair is a list of two. */
const mapOf: LibraryFunction = (given, { here }) => {
  const entries = given.all.flatMap(({ value }): DictEntry[] => {
    const pair = value();
    const [key, content] = pair.kind === 'list' ? pair.items : [];
    return key?.kind === 'text' && content
      ? [{ key: key.text, keyRange: key.range, value: toPublic(content), range: pair.range }]
      : [];
  });
  return { kind: 'dict', entries, open: entries.length < given.all.length, ...here };
};

const nothing: LibraryFunction = (_given, { here }) => ({ kind: 'nothing', undefined: false, ...here });

/** `Pattern.matches(pattern, text)` compares the whole text. */
const matches: LibraryFunction = (given, use) => {
  const [source, text] = [given.at(0), given.at(1)];
  const pattern = source && compiledPattern(source, '', use);
  const { range, expression } = use.here;
  return pattern && text && predicate(patternTest(pattern, text, range, 'full'), range, expression);
};

const environment = environmentVariable({ fallback: [1] });

/** `Origin.Host(Uri.Scheme.https, Uri.RegName("a.example"), Some(8080))` of http4s is the text of an origin. */
const originOfParts: LibraryFunction = (given, { here }) => {
  const [scheme, host, port] = [given.at(0), given.at(1), given.at(2)];
  if (scheme?.kind !== 'text' || host?.kind !== 'text') return undefined;
  const behind = port?.kind === 'number' ? `:${port.value}` : '';
  const isKnown =
    port === undefined || port.kind === 'number' || port.kind === 'nothing' || given.expressionAt(2)?.text === 'None';
  return isKnown ? { kind: 'text', text: `${scheme.text}://${host.text}${behind}`, ...here } : undefined;
};

const lists = [
  'Seq',
  'List',
  'Set',
  'Vector',
  'Array',
  'IndexedSeq',
  'NonEmptyList.of',
  'NonEmptySet.of',
  'Chain',
  'Nil',
];
const functions: Readonly<Record<string, LibraryFunction>> = {
  ...Object.fromEntries(lists.map((name) => [name, listOf])),
  ...Object.fromEntries(lists.map((name) => [`${name}.empty`, emptyList])),
  ...Object.fromEntries(
    ['immutable', 'scala.collection.immutable'].flatMap((place) => lists.map((name) => [`${place}.${name}`, listOf])),
  ),
  'List.of': listOf,
  'Arrays.asList': listOf,
  'java.util.Arrays.asList': listOf,
  Map: mapOf,
  Some: itself(),
  Option: itself(),
  Right: itself(),
  'Option.apply': itself(),
  'Option.empty': nothing,
  CIString: itself(),
  String: itself(),
  'String.valueOf': itself(),
  'Pattern.matches': matches,
  'URI.create': parsedUrl,
  URI: parsedUrl,
  URL: parsedUrl,
  'System.getenv': environment,
  'System.getProperty': environment,
  'java.lang.System.getenv': environment,
  'sys.env.getOrElse': environment,
  'sys.props.getOrElse': environment,
  'scala.sys.env.getOrElse': environment,
  'sys.env.get': environment,
  'sys.env': environment,
  'sys.props.get': environment,
  'Properties.envOrElse': environment,
  'scala.util.Properties.envOrElse': environment,
  'Properties.envOrNone': environment,
  'scala.util.Properties.envOrNone': environment,
  'Properties.propOrElse': environment,
  ...Object.fromEntries(
    ['Origin.Host', 'headers.Origin.Host', 'org.http4s.headers.Origin.Host'].map((name) => [name, originOfParts]),
  ),
  ...Object.fromEntries(
    [
      'Uri.RegName',
      'org.http4s.Uri.RegName',
      'RegName',
      'org.typelevel.ci.CIString',
      'HttpOrigin',
      'org.apache.pekko.http.scaladsl.model.headers.HttpOrigin',
      'akka.http.scaladsl.model.headers.HttpOrigin',
      'Uri.unsafeFromString',
    ].map((name) => [name, itself()]),
  ),
};

export function scalaFunction(name: string): LibraryFunction | undefined {
  return Object.hasOwn(functions, name) ? functions[name] : undefined;
}
