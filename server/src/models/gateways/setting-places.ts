/**
 * Settings of a tree where they stand: a list, a text with commas, or one value, each with its texts, their ranges, and the
 * edits that write others. A framework's file says which of these a key holds; what the texts mean is said elsewhere.
 */
import type { Edit, SourceRange } from '../../syntax/range.ts';
import type { TreeDocument, TreeEntry, TreeMap, TreeNode, TreeScalar } from '../../syntax/trees/tree.ts';
import type { EntryEdits } from '../../policy/policy.ts';
import type { PlainValue } from '../../edits/tree-edits.ts';
import {
  entryOf,
  insertKey,
  isPlaceholder,
  isString,
  removeEntry,
  replaceList,
  replaceValue,
  stringEdits,
} from '../../edits/tree-edits.ts';

/** One text of a setting. */
export interface PlacedText {
  readonly text: string;
  readonly range: SourceRange;
  readonly edits?: EntryEdits;
  /** A template or variable fills it in: the text says nothing. */
  readonly open: boolean;
}

export interface SettingPlace {
  readonly keyRange: SourceRange;
  /** Of the value. */
  readonly range: SourceRange;
  readonly texts: readonly PlacedText[];
  /** Puts these texts in place of all that stand there. */
  write(texts: readonly string[], placeholder?: string): Edit[];
  /** Takes the setting away. */
  remove(): Edit[];
}

/** Reads the value of an entry in one of the forms below. */
export type PlaceReader = (document: TreeDocument, entry: TreeEntry) => SettingPlace;

/** The setting under the first of these keys that the map has. */
export function placeOf(
  document: TreeDocument,
  map: TreeNode | undefined,
  keys: string | readonly string[],
  read: PlaceReader,
): SettingPlace | undefined {
  for (const key of typeof keys === 'string' ? [keys] : keys) {
    const entry = entryOf(map, key);
    if (entry && !(entry.value.kind === 'scalar' && entry.value.value === null)) return read(document, entry);
  }
  return undefined;
}

/** A list of texts; a text alone is a list of one. */
export function listPlace(document: TreeDocument, entry: TreeEntry): SettingPlace {
  const { value } = entry;
  const nodes = value.kind === 'list' ? value.items : [value];
  return {
    ...rangesOf(entry),
    texts: nodes.map((node) => placedNode(document, node, value.kind === 'list')),
    remove: () => removeEntry(document, entry),
    write: (texts, placeholder) =>
      value.kind === 'list'
        ? replaceList(document, value, texts, placeholder)
        : replaceValue(document, value, texts, placeholder),
  };
}

/** One text that holds several, with commas. */
export function commaPlace(document: TreeDocument, entry: TreeEntry): SettingPlace {
  const { value } = entry;
  const joint = isString(value) && /,\s/.test(value.value) ? ', ' : ',';
  const texts = isString(value) ? textParts(value) : [placedNode(document, value, false)];
  return {
    ...rangesOf(entry),
    texts,
    remove: () => removeEntry(document, entry),
    write: (written, placeholder) => replaceValue(document, value, written.join(joint), placeholder),
  };
}

/** One text that holds several, with commas, where a blank belongs to what follows it. */
export function untrimmedPlace(document: TreeDocument, entry: TreeEntry): SettingPlace {
  const place = commaPlace(document, entry);
  const first = isString(entry.value) ? entry.value.contentRange.start : entry.value.range.start;
  const written = (range: SourceRange): string => /[ \t]*$/.exec(document.text.slice(first, range.start))![0];
  return {
    ...place,
    texts: place.texts.map((placed) => {
      const blanks = written(placed.range);
      if (blanks === '' || placed.open) return placed;
      const range = { ...placed.range, start: placed.range.start - blanks.length };
      return {
        ...placed,
        text: blanks + placed.text,
        range,
        edits: { ...placed.edits, replaceText: (text: string) => [{ range, newText: text }] },
      };
    }),
    write: (texts, placeholder) => replaceValue(document, entry.value, texts.join(','), placeholder),
  };
}

/** One text that holds several, with blanks. */
export function wordsPlace(document: TreeDocument, entry: TreeEntry): SettingPlace {
  const { value } = entry;
  if (!isString(value) || !value.value.includes(' '))
    return {
      ...scalarPlace(document, entry),
      write: (texts, placeholder) => replaceValue(document, value, texts.join(' '), placeholder),
    };
  const { start, end } = value.contentRange;
  const exact = end - start === value.value.length && !value.shared;
  const texts = [...value.value.matchAll(/\S+/g)].map((match): PlacedText => {
    const at = start + match.index;
    const range = exact ? { ...value.contentRange, start: at, end: at + match[0].length } : value.range;
    return {
      text: match[0],
      range,
      open: isPlaceholder(match[0]) && !looksLikePattern(match[0]),
      ...(exact && { edits: { replacePattern: (source: string) => [{ range, newText: source }] } }),
    };
  });
  return {
    ...rangesOf(entry),
    texts,
    remove: () => removeEntry(document, entry),
    write: (written, placeholder) => replaceValue(document, value, written.join(' '), placeholder),
  };
}

/** The same setting where each text is a pattern: what is written for an origin is a pattern of just that origin. */
export function patternPlace(place: SettingPlace | undefined, mode: 'search' | 'full'): SettingPlace | undefined {
  const pattern = (origin: string): string => {
    const source = origin.replaceAll(/[.*+?^$()[\]{}|\\]/g, '\\$&');
    return mode === 'full' ? source : `^${source}$`;
  };
  return (
    place && {
      ...place,
      write: (texts, placeholder) => place.write(texts.map(pattern), placeholder && pattern(placeholder)),
      texts: place.texts.map((placed) => ({
        ...placed,
        ...(placed.edits && {
          edits: {
            ...placed.edits,
            ...(placed.edits.replaceByOrigins && {
              replaceByOrigins: (origins: readonly string[], placeholder?: string) =>
                placed.edits!.replaceByOrigins!(origins.map(pattern), placeholder && pattern(placeholder)),
            }),
          },
        }),
      })),
    }
  );
}

/** One text, number or truth value. */
export function scalarPlace(document: TreeDocument, entry: TreeEntry): SettingPlace {
  const { value } = entry;
  return {
    ...rangesOf(entry),
    texts: [placedNode(document, value, false)],
    remove: () => removeEntry(document, entry),
    write: ([text = '']) => replaceValue(document, value, plainLike(value, text)),
  };
}

/** A length of time as Go writes it (`24h`, `1h30m`, `600s`), read as seconds. A number alone stands for seconds. */
export function durationPlace(document: TreeDocument, entry: TreeEntry): SettingPlace {
  const place = scalarPlace(document, entry);
  const [first] = place.texts;
  const seconds = first && secondsOf(first.text);
  return {
    ...place,
    texts: first ? [{ ...first, text: String(seconds), open: first.open || seconds === undefined }] : [],
    write: ([text = '']) =>
      replaceValue(document, entry.value, /[a-z]/.test(first?.text ?? '') ? `${text}s` : plainLike(entry.value, text)),
  };
}

function secondsOf(text: string): number | undefined {
  if (/^-?\d+$/.test(text)) return Number(text);
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|[hms])/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text.replace(/^-/, '')) return undefined;
  const units: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001 };
  return (
    (text.startsWith('-') ? -1 : 1) *
    Math.floor(parts.reduce((sum, [, count, unit]) => sum + Number(count) * units[unit!]!, 0))
  );
}

/** Writes a setting that the map does not have yet. */
export function insertSetting(
  document: TreeDocument,
  map: TreeMap | undefined,
  key: string,
  value: PlainValue,
  placeholder?: string,
): Edit[] {
  return map ? insertKey(document, map, key, value, placeholder) : [];
}

/** The first text of a setting; undefined where it is not set, null where something else decides it. */
export function knownText(place: SettingPlace | undefined): string | null | undefined {
  const [first] = place?.texts ?? [];
  return first === undefined ? undefined : first.open ? null : first.text;
}

/** The parts of a text with commas, each where it stands; all of them at the text where escapes shift them. */
export function textParts(node: TreeScalar & { readonly value: string }): PlacedText[] {
  const { start, end } = node.contentRange;
  const exact = end - start === node.value.length && !node.shared;
  // A comma inside of a template's action parts nothing.
  return [...node.value.matchAll(/(?:\{\{.*?\}\}|[^,])+/g)].flatMap((match, index, every): PlacedText[] => {
    const text = match[0].trim();
    if (text === '') return [];
    const at = start + match.index + match[0].indexOf(text);
    const open = isPlaceholder(text) && !looksLikePattern(text);
    if (!exact) return [{ text, range: node.range, open }];
    const range = { ...node.contentRange, start: at, end: at + text.length };
    const whole = start + match.index;
    const withComma =
      index === 0
        ? { ...range, start: whole, end: whole + match[0].length + 1 }
        : { ...range, start: whole - 1, end: whole + match[0].length };
    return [
      {
        text,
        range,
        open,
        edits: {
          replaceText: (other) => [{ range, newText: other }],
          replacePattern: (source) => [{ range, newText: source }],
          ...(every.length > 1 && { remove: () => [{ range: withComma, newText: '' }] }),
          replaceByOrigins: (origins, placeholder) => [{ range, newText: origins.join(','), placeholder }],
        },
      },
    ];
  });
}

function rangesOf({ keyRange, value }: TreeEntry): Pick<SettingPlace, 'keyRange' | 'range'> {
  return { keyRange, range: value.range };
}

function placedNode(document: TreeDocument, node: TreeNode, inList: boolean): PlacedText {
  const { range } = node;
  if (node.kind !== 'scalar' || node.value === null) return { text: '', range, open: true };
  const text = String(node.value);
  const replacePattern = (source: string): Edit[] => replaceValue(document, node, source);
  return {
    text,
    range,
    open: isPlaceholder(text) && !looksLikePattern(text),
    edits: { ...stringEdits(document, node, inList && siblings(node) > 1), replacePattern },
  };
}

/** A dollar sign that ends a pattern or a group of it is no variable. */
function looksLikePattern(text: string): boolean {
  return /^\^?[^{}<>%@]*\$$/.test(text) && !/\$[\w{(]/.test(text);
}

function siblings(node: TreeNode): number {
  return node.parent?.kind === 'list' ? node.parent.items.length : 0;
}

function plainLike(node: TreeNode, text: string): PlainValue {
  if (isString(node)) return text;
  return text === 'true' ? true : text === 'false' ? false : /^-?\d+$/.test(text) ? Number(text) : text;
}
