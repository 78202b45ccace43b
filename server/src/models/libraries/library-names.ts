/** Lists of methods and header names among the options of a library, and the headers that they become. */
import type { SourceRange } from '../../syntax/range.ts';
import type { HeaderRule, NameEntry, Setting } from '../../policy/policy.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import { all, always, unknown } from '../../policy/request-test.ts';
import type { DictEntry, Text, Value } from '../../values/value.ts';
import type { CorsLibrary } from './cors-library.ts';
import type { EntryOf } from './library-context.ts';
import type { ProgramText } from './origin-entries.ts';
import { textEdits } from './origin-entries.ts';

export type Names = Setting<readonly NameEntry[] | 'unknown'>;

/** The methods that are written, or the default ones where only the option that adds to them is. */
export function methodNames({ options, methods }: CorsLibrary, entry: EntryOf, text: ProgramText): Names | undefined {
  const written = unlessStar(inOrder(readListed(entry(options.methods), methods, text), methods), methods);
  const all = onlyOnce(withAddition(unlessEmpty(written, methods), methods, entry, text), methods);
  if (!methods.upperCase || all === undefined || all.value === 'unknown') return all;
  return { ...all, value: all.value.map((name) => ({ ...name, text: name.text.toUpperCase() })) };
}

/** The request headers that are written, or the default ones where only the option that adds to them is. */
export function headerNames(
  { options, allowedHeaders }: CorsLibrary,
  entry: EntryOf,
  text: ProgramText,
): Names | undefined {
  const option = entry(options.allowedHeaders);
  if (allowedHeaders.switches && option?.value.kind === 'boolean')
    return option.value.value
      ? undefined
      : { value: [], range: option.value.range, keyRange: option.keyRange, written: true };
  const written = unlessEmpty(unlessStar(readListed(option, allowedHeaders, text), allowedHeaders), allowedHeaders);
  return inCase(onlyOnce(withAddition(written, allowedHeaders, entry, text), allowedHeaders), allowedHeaders);
}

/** The names that pages may read, as they are sent. */
export function exposedNames(
  { options, exposedHeaders }: CorsLibrary,
  entry: EntryOf,
  text: ProgramText,
): Names | undefined {
  const listed = inOrder(
    unlessStar(readListed(entry(options.exposedHeaders), exposedHeaders, text), exposedHeaders),
    exposedHeaders,
  );
  const names = inCase(onlyOnce(withAddition(listed, exposedHeaders, entry, text), exposedHeaders), exposedHeaders);
  const { needless } = exposedHeaders;
  return needless && names && names.value !== 'unknown' && names.value.every((name) => needless.includes(name.text))
    ? { ...names, value: [] }
    : names;
}

function inCase(
  names: Names | undefined,
  { lowerCase, capitalised }: { readonly lowerCase?: boolean; readonly capitalised?: boolean },
): Names | undefined {
  if ((!lowerCase && !capitalised) || names === undefined || names.value === 'unknown') return names;
  const changed = (text: string): string =>
    lowerCase ? text.toLowerCase() : text.toLowerCase().replaceAll(/(^|-)[a-z]/g, (start) => start.toUpperCase());
  return { ...names, value: names.value.map((name) => ({ ...name, text: changed(name.text) })) };
}

/** The names of a list as the alphabet has them, where the library sorts them. */
function inOrder(names: Names | undefined, { sorted }: { readonly sorted?: boolean }): Names | undefined {
  // A single text goes out as it is.
  const isOneText = names?.value !== 'unknown' && names?.value.every(({ range }) => range === names.range);
  if (!sorted || isOneText || names === undefined || names.value === 'unknown') return names;
  const before = (one: string, two: string): number => (one < two ? -1 : one > two ? 1 : 0);
  return { ...names, value: names.value.toSorted((one, two) => before(one.text, two.text)) };
}

/** Without the names that stood in it before, where the library leaves them out. */
function onlyOnce(names: Names | undefined, { once }: { readonly once?: true }): Names | undefined {
  if (!once || names === undefined || names.value === 'unknown') return names;
  const seen = new Set<string>();
  const isNew = ({ text }: NameEntry): boolean => seen.size < seen.add(text.toLowerCase()).size;
  return { ...names, value: names.value.filter(isNew) };
}

/** Nothing where the list is empty and the library takes that for its default. */
function unlessEmpty(
  names: Names | undefined,
  { emptyIsDefault }: { readonly emptyIsDefault?: boolean | 'text' },
): Names | undefined {
  return emptyIsDefault === true && names?.value !== 'unknown' && names?.value.length === 0 ? undefined : names;
}

/** Nothing where the option is a `*` that the library takes for its default. */
function unlessStar(
  names: Names | undefined,
  { starIsDefault }: { readonly starIsDefault?: boolean },
): Names | undefined {
  return starIsDefault && names?.value !== 'unknown' && names?.value.length === 1 && names.value[0]!.text === '*'
    ? undefined
    : names;
}

/** The list, or the default one, with the names that another option adds. */
function withAddition(
  names: Names | undefined,
  shape: { readonly default: string | 'requested' | undefined; readonly addition?: string },
  entry: EntryOf,
  text: ProgramText,
): Names | undefined {
  const added = shape.addition === undefined ? undefined : readNames(entry([shape.addition]), text);
  if (added === undefined) return names;
  const base = names?.value ?? defaultNames(shape.default, added.range).value;
  return {
    ...added,
    value: base === 'unknown' || base === null || added.value === 'unknown' ? 'unknown' : [...base, ...added.value],
  };
}

type Listed = readonly NameEntry[] | null | 'unknown';

/** Whether a preflight asks for nothing that is not listed; null lists whatever is asked for. */
export function asksForListed(
  rule: NonNullable<CorsLibrary['preflight']['onlyListed']>,
  methods: { readonly value: Listed },
  headers: { readonly value: Listed },
): RequestTest {
  const among = (
    kind: 'requested-method' | 'requested-headers',
    { value }: { readonly value: Listed },
    others: readonly string[],
  ): RequestTest => {
    if (value === null) return always;
    if (value === 'unknown') return unknown();
    if (kind === 'requested-method') return { kind, names: [...value.map(({ text }) => text), ...others] };
    const names = [...value.map(({ text }) => text.toLowerCase()), ...others];
    return { kind, names, ...(rule.oneHeader && { enough: 'one' }) };
  };
  return all([
    rule.methods ? among('requested-method', methods, rule.simpleMethods ?? []) : always,
    among('requested-headers', headers, rule.headers),
  ]);
}

/** The header that a list becomes; `request` is the request header that is sent back by default. */
export function listHeader(
  name: string,
  written: Names | undefined,
  shape: {
    readonly default: string | 'requested' | undefined;
    readonly separator: string;
    readonly answersAsked?: boolean;
    readonly answersListed?: boolean;
    readonly starIsAny?: boolean;
  },
  request: string,
  when: RequestTest,
  range: SourceRange,
): HeaderRule[] {
  const isMirrored = shape.answersAsked && (!shape.answersListed || (shape.starIsAny && hasStar(written)));
  const listed = isMirrored ? undefined : (written ?? namedByDefault(shape, range));
  if (shape.answersListed && listed !== undefined && listed.value !== 'unknown') {
    const only = listed.value.map((one) => one.text.toLowerCase());
    const value: HeaderRule['value'] = { kind: 'request-header', name: request, only };
    return [{ name, operation: 'set', value, when, range: listed.range }];
  }
  if (written === undefined || isMirrored) {
    const value = defaultValue(shape.answersAsked ? 'requested' : shape.default, request);
    return value ? [{ name, operation: 'set', value, when, range }] : [];
  }
  if (written.value === 'unknown')
    return [{ name, operation: 'set', value: { kind: 'unknown' }, when, range: written.range }];
  if (shape.separator === 'lines')
    return written.value.map((one, index) => ({
      name,
      operation: index === 0 ? 'set' : 'append',
      value: { kind: 'text', text: one.text },
      when,
      range: written.range,
    }));
  const text = written.value.map((one) => one.text).join(shape.separator);
  return text === '' ? [] : [{ name, operation: 'set', value: { kind: 'text', text }, when, range: written.range }];
}

/** The names that a library lists by default, where they are names. */
function namedByDefault(
  { default: names, answersAsked }: { readonly default: string | undefined; readonly answersAsked?: boolean },
  range: SourceRange,
): Names | undefined {
  if (answersAsked || names === undefined || names === 'requested' || names.includes('*')) return undefined;
  const { value } = defaultNames(names, range);
  return value === null ? undefined : { value, range, written: false };
}

function hasStar(names: Names | undefined): boolean {
  return Array.isArray(names?.value) && names.value.some(({ text }: NameEntry) => text === '*');
}

function defaultValue(names: string | undefined, request: string): HeaderRule['value'] | undefined {
  if (names === undefined) return undefined;
  if (names === 'unknown') return { kind: 'unknown' };
  return names === 'requested' ? { kind: 'request-header', name: request } : { kind: 'text', text: names };
}

export function defaultNames(
  names: string | undefined,
  range: SourceRange,
): Setting<readonly NameEntry[] | null | 'unknown'> {
  if (names === 'unknown') return { value: 'unknown', range, written: false };
  if (names === undefined || names === 'requested')
    return { value: names === undefined ? [] : null, range, written: false };
  const listed = names === '' ? [] : names.split(/\s*,\s*/);
  return { value: listed.map((name) => ({ text: name, range })), range, written: false };
}

type ListShape = Pick<CorsLibrary['methods'], 'text' | 'nothingIsEmpty' | 'upperCase'> & {
  readonly emptyIsDefault?: boolean | 'text';
};

/** The names of an option as the library takes them: what it takes for no list has none. */
function readListed(entry: DictEntry | undefined, shape: ListShape, text: ProgramText): Names | undefined {
  if (shape.emptyIsDefault === 'text' && entry?.value.kind === 'text' && entry.value.text === '') return undefined;
  const isEmpty =
    entry !== undefined &&
    (isNoList(entry.value, shape) || (entry.value.kind === 'nothing' && isCovered(entry.value, shape.nothingIsEmpty)));
  return isEmpty
    ? { value: [], range: entry.value.range, keyRange: entry.keyRange, written: true }
    : readNames(entry, text, shape.upperCase);
}

/** A text where the library takes nothing but a list. */
export function isNoList(value: Value, { text }: Pick<ListShape, 'text'>): value is Text {
  return (
    value.kind === 'text' &&
    value.text !== '' &&
    text !== undefined &&
    !(text === 'fails-but-star' && value.text === '*')
  );
}

/** `nothing` counts where `null` and `undefined` do, or this is an `undefined`. */
export function isCovered(nothing: Value, which: 'undefined' | true | undefined): boolean {
  return which === true || (which === 'undefined' && nothing.expression?.text !== 'null');
}

/** A list of names, or one text with commas. */
export function readNames(entry: DictEntry | undefined, text: ProgramText, upperCase = false): Names | undefined {
  if (entry === undefined) return undefined;
  const { value, keyRange } = entry;
  const setting = (names: readonly NameEntry[] | 'unknown'): Names => ({
    value: names,
    range: value.range,
    keyRange,
    written: true,
  });
  if (value.kind === 'text')
    return setting(
      value.text
        .split(',')
        .map((name) => ({ text: upperCase ? name.trim().toUpperCase() : name.trim(), range: value.range }))
        .filter((name) => name.text !== ''),
    );
  if (value.kind === 'nothing') return undefined;
  if (value.kind !== 'list' || value.open || value.items.some((item) => item.kind !== 'text'))
    return setting('unknown');
  return setting(
    value.items.flatMap((item) =>
      item.kind === 'text'
        ? [
            {
              text: upperCase ? item.text.toUpperCase() : item.text,
              range: item.range,
              edits: textEdits(item, text, true),
            },
          ]
        : [],
    ),
  );
}
