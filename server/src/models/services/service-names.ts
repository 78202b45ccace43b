/** Lists of methods and headers in the settings of a service: what is written, what counts without it, and which requests it covers. */
import type { SourceRange } from '../../syntax/range.ts';
import type { TreeEntry } from '../../syntax/trees/tree.ts';
import type { NameEntry, Setting } from '../../policy/policy.ts';
import type { RequestTest } from '../../policy/request-test.ts';
import { always, some, unknown } from '../../policy/request-test.ts';
import type { ServicePolicyInput, CorsService } from './cors-service.ts';
import { isPlaceholder, isString, stringEdits } from '../../edits/tree-edits.ts';

/** Null where whatever is asked for is allowed. */
export type Names = Setting<readonly NameEntry[] | null | 'unknown'>;

const wholeList: readonly NameEntry[] = [];

/** As they are written; a single text is taken as one with commas. `literalStar`: a `*` is a name as any other. */
export function namesOf(
  entry: TreeEntry | undefined,
  input: ServicePolicyInput,
  literalStar = false,
): Setting<readonly NameEntry[] | 'unknown'> | undefined {
  const setting = nameSetting(entry, input);
  return setting && literalStar && setting.value !== 'unknown'
    ? { ...setting, value: setting.value.map((name) => (name.text === '*' ? { ...name, literal: true } : name)) }
    : setting;
}

export function inCapitals(names: Names | undefined, { capitals }: CorsService): Names | undefined {
  return names && capitals && Array.isArray(names.value)
    ? {
        ...names,
        value: (names.value as readonly NameEntry[]).map((name) => ({ ...name, text: name.text.toUpperCase() })),
      }
    : names;
}

/** A word that stands for several methods becomes these; what counts in any case is there too. */
export function spelledOut(
  names: Names | undefined,
  { furtherMethods = [], methodWords = {} }: CorsService,
): Names | undefined {
  if (names === undefined || !Array.isArray(names.value)) return names;
  const listed = names.value as readonly NameEntry[];
  const further = furtherMethods
    .filter((method) => !listed.some(({ text }) => text === method))
    .map((text) => ({ text, range: names.range }));
  return {
    ...names,
    value: [...listed, ...further].flatMap((name) =>
      Object.hasOwn(methodWords, name.text)
        ? methodWords[name.text]!.map((text) => ({ text, range: name.range }))
        : [name],
    ),
  };
}

export function defaultNames(
  names: readonly string[] | 'requested' | 'unknown' | undefined,
  range: SourceRange,
): Names | undefined {
  if (names === undefined) return undefined;
  if (names === 'unknown') return { value: names, range, written: false };
  return { value: names === 'requested' ? null : names.map((text) => ({ text, range })), range, written: false };
}

export function isRequested(names: Names | undefined): boolean {
  return names !== undefined && names.value === null;
}

export function holdsStar(names: Names | undefined): boolean {
  return Array.isArray(names?.value) && (names.value as readonly NameEntry[]).some(isWildcard);
}

export function joined({ value }: Names): string | undefined {
  return value === 'unknown' || value === null ? undefined : value.map(({ text }) => text).join(', ');
}

export function requestedMethod(methods: Names | undefined): RequestTest {
  if (methods?.value === 'unknown') return unknown();
  if (methods?.value === null) return always;
  const entries = methods?.value ?? wholeList;
  const names = entries.map(({ text }) => text);
  return entries.some(isWildcard) ? always : { kind: 'requested-method', names };
}

export function methodAmong(methods: Names | undefined): RequestTest {
  if (methods === undefined || methods.value === null) return always;
  if (methods.value === 'unknown') return unknown();
  const names = methods.value.map(({ text }) => text);
  return methods.value.some(isWildcard)
    ? always
    : some(names.filter((name) => name === name.toUpperCase()).map((name) => ({ kind: 'method', name })));
}

export function requestedHeaders(headers: Names | undefined): RequestTest {
  if (headers?.value === 'unknown') return unknown();
  if (headers?.value === null) return always;
  const entries = headers?.value ?? wholeList;
  const names = entries.map(({ text }) => text.toLowerCase());
  return entries.some(({ text, literal }) => text.includes('*') && !literal)
    ? unknown()
    : { kind: 'requested-headers', names };
}

function nameSetting(
  entry: TreeEntry | undefined,
  { document, service }: ServicePolicyInput,
): Setting<readonly NameEntry[] | 'unknown'> | undefined {
  if (entry === undefined) return undefined;
  const { value, keyRange } = entry;
  const setting = (names: readonly NameEntry[] | 'unknown') => ({
    value: names,
    range: value.range,
    keyRange,
    written: true,
  });
  if (isString(value))
    return setting(
      isPlaceholder(value.value)
        ? 'unknown'
        : value.value
            .split(service.blanks ? /[,\s]+/ : ',')
            .map((name) => ({ text: name.trim(), range: value.range }))
            .filter(({ text }) => text !== ''),
    );
  if (
    value.kind !== 'list' ||
    !value.items.every(isString) ||
    value.items.some((item) => isString(item) && isPlaceholder(item.value))
  )
    return setting('unknown');
  return setting(
    value.items.map((item) => ({ text: item.value, range: item.range, edits: stringEdits(document, item, true) })),
  );
}

function isWildcard({ text, literal }: NameEntry): boolean {
  return text === '*' && !literal;
}
