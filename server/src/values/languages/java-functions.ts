/** Functions of Java's standard library, of Spring and of the libraries that many programs use, by the name that programs call them. */
import { patternTest } from '../origin-tests.ts';
import type { Inner } from '../inner-value.ts';
import { mapChoices, predicate, toPublic } from '../inner-value.ts';
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
import { split } from '../operations/slices.ts';
import { equalTo, equalWithoutCase, isEmpty, isPresent } from '../operations/text-tests.ts';
import type { Program } from '../../syntax/programs/program.ts';
import type { At } from '../session.ts';
import type { DictEntry, Text } from '../value.ts';
import { withoutCommas } from './spring-settings.ts';
import type { LibraryFunction, Operation } from './value-language.ts';

/** `Arrays.asList(array)` and `List.of(a, b)`: one argument that is a list is the list. */
const listOf: LibraryFunction = (given, use) => {
  const only = given.all.length === 1 ? given.at(0) : undefined;
  return only?.kind === 'list' || only?.kind === 'environment' ? only : listOfArguments(given, use);
};

const emptyList: LibraryFunction = (_given, { here }) => ({
  kind: 'list',
  items: [],
  open: false,
  type: 'list',
  ...here,
});

/** `Map.of("a", 1, "b", 2)`. */
const mapOf: LibraryFunction = (given, { here }) => {
  const values = given.all.map(({ value }) => value());
  const entries = values.flatMap((key, index): DictEntry[] => {
    const value = values[index + 1];
    return index % 2 === 0 && key.kind === 'text' && value
      ? [{ key: key.text, keyRange: key.range, value: toPublic(value), range: key.range }]
      : [];
  });
  return { kind: 'dict', entries, open: 2 * entries.length < values.length, ...here };
};

const emptyMap: LibraryFunction = (given, { here }) =>
  given.all.length === 0 ? { kind: 'dict', entries: [], open: false, ...here } : undefined;

/** `Pattern.compile(text, Pattern.CASE_INSENSITIVE)`; other flags are not known. */
const compiled: LibraryFunction = (given, use) => {
  const [source, flags] = [given.at(0), given.expressionAt(1)];
  const letters = flags === undefined ? '' : /^(Pattern\.)?CASE_INSENSITIVE$/.test(flags.text) ? 'i' : undefined;
  return source && mapChoices(source, (one) => compiledPattern(one, letters, use));
};

/** `Pattern.matches(pattern, text)` compares the whole text. */
const matches: LibraryFunction = (given, use) => {
  const [pattern, text] = [compiled(given, use), given.at(1)];
  const { range, expression } = use.here;
  return pattern && text && predicate(patternTest(pattern, text, range, 'full'), range, expression);
};

/**
 * `@Value("${app.origins:*}")`: a property, with what stands behind the colon where nobody sets it.
 * https://docs.spring.io/spring-framework/reference/core/beans/annotation-config/value-annotations.html
 */
const springValue: LibraryFunction = (given, { here, place }) => {
  const written = given.at(0, 'value');
  if (written?.kind !== 'text') return undefined;
  const inner = splitInExpression.exec(written.text)?.[1];
  const [, name, fallback] = /^\$\{([^{}:]+)(?::([^{}]*))?\}$/.exec(inner ?? written.text) ?? [];
  if (name === undefined) return /[$#]\{/.test(written.text) ? undefined : written;
  const at = { range: written.range, expression: here.expression };
  const takesSeveral = inner !== undefined || isListBehind(here, place.program);
  // A field of the type boolean has what the text is converted to.
  if (fallback === 'false')
    return { kind: 'environment', name, fallback: { kind: 'boolean', value: false, ...at }, ...here };
  const otherwise: Text | undefined = fallback === undefined ? undefined : { kind: 'text', text: fallback, ...at };
  return {
    kind: 'environment',
    name,
    ...(otherwise && { fallback: takesSeveral ? withoutCommas(otherwise) : otherwise }),
    ...(takesSeveral && { split: true }),
    ...here,
  };
};

/** `#{'${app.origins}'.split(',')}` */
const splitInExpression = /^#\{\s*'(\$\{[^{}]+\})'\.split\('\s*,\s*'\)\s*\}$/;

/** What the annotation stands at is a list or an array, for which Spring takes a text apart at its commas. */
function isListBehind({ expression }: At, { text }: Program): boolean {
  if (expression === undefined) return false;
  const { end } = expression.range;
  return /^\s*(?:(?:private|protected|public|final)\s+)*(?:java\.util\.)?(?:String\s*(?:\[\s*\]|\.\.\.)|(?:List|Set|Collection)\s*<)/.test(
    text.slice(end, end + 100),
  );
}

/** `String.join(",", list)` is not followed; of one text it is the text. */
const joined: LibraryFunction = (given, { here }) => {
  const parts = given.all.slice(1).map(({ value }) => value());
  return parts.length === 1 && parts[0]!.kind === 'text' ? concatenate(parts, here) : undefined;
};

/** `StringUtils.commaDelimitedListToStringArray(text)`. */
const splitAtCommas: LibraryFunction = (given, use) => {
  const text = given.at(0);
  const comma: Inner = { kind: 'text', text: ',', ...use.here };
  return text && mapChoices(text, (one) => split('parts')(one, [comma], use) ?? { kind: 'unknown', ...use.here });
};

const environment = environmentVariable({ fallback: [1] });

/** A question about a text as a function of it. */
const asked =
  (question: Operation): LibraryFunction =>
  (given, use) => {
    const text = given.at(0);
    return text && mapChoices(text, (one) => question(one, [], use) ?? { kind: 'unknown', ...use.here });
  };
const hasText = asked(isPresent);
const hasNone = asked(isEmpty);

const functions: Readonly<Record<string, LibraryFunction>> = {
  'List.of': listOf,
  'Set.of': listOf,
  'Stream.of': listOf,
  'Arrays.asList': listOf,
  'Arrays.stream': itself(),
  'Collections.singletonList': listOf,
  'Collections.singleton': listOf,
  'Collections.emptyList': emptyList,
  'Collections.unmodifiableList': itself(),
  'Collections.unmodifiableSet': itself(),
  'ImmutableList.of': listOf,
  'ImmutableSet.of': listOf,
  'Lists.newArrayList': listOf,
  'List.copyOf': itself(),
  'Set.copyOf': itself(),
  asList: listOf,
  singletonList: listOf,
  ArrayList: asList('list'),
  LinkedList: asList('list'),
  HashSet: asList('list'),
  LinkedHashSet: asList('list'),
  TreeSet: asList('list'),
  HashMap: emptyMap,
  LinkedHashMap: emptyMap,
  'Map.of': mapOf,
  String: itself(),
  'String.valueOf': itself(),
  'String.join': joined,
  'Objects.requireNonNull': itself(),
  'Objects.equals': functionOf(equalTo),
  'Objects.nonNull': hasText,
  'Objects.isNull': hasNone,
  'Optional.of': itself(),
  'Optional.ofNullable': itself(),
  'Pattern.compile': compiled,
  'Pattern.matches': matches,
  'URI.create': parsedUrl,
  URI: parsedUrl,
  URL: parsedUrl,
  'System.getenv': environment,
  'System.getProperty': environment,
  Value: springValue,
  'StringUtils.commaDelimitedListToStringArray': splitAtCommas,
  'StringUtils.hasText': hasText,
  'StringUtils.hasLength': hasText,
  'StringUtils.isNotBlank': hasText,
  'StringUtils.isNotEmpty': hasText,
  'StringUtils.isEmpty': hasNone,
  'StringUtils.isBlank': hasNone,
  'StringUtils.equals': functionOf(equalTo),
  'StringUtils.equalsIgnoreCase': functionOf(equalWithoutCase),
  'Strings.isNullOrEmpty': hasNone,
  'ObjectUtils.isEmpty': hasNone,
  'ObjectUtils.isNotEmpty': hasText,
};

/** `environment.getProperty("x", "*")` of Spring and `config.getValue` of MicroProfile, whatever the variable is called. */
const propertyReader = /(^|\.)(env|environment)\.(getProperty|getRequiredProperty)$/;

export function javaFunction(name: string): LibraryFunction | undefined {
  if (propertyReader.test(name)) return environment;
  // Classes may be written with their packages: `java.util.List.of("a")`.
  const short = name.replace(/^(?:[a-z]\w*\.)+(?=[A-Z])/, '');
  return Object.hasOwn(functions, short) ? functions[short] : undefined;
}
