/**
 * CORS headers that static hosting sends as they are written: a fixed text for everybody, whatever origin asks. Later
 * headers replace earlier ones of the same name.
 */
import type { Edit, SourceRange } from '../../syntax/range.ts';
import type { TreeDocument, TreeNode } from '../../syntax/trees/tree.ts';
import type {
  EntryEdits,
  Fact,
  HeaderRule,
  HeaderValue,
  NameEntry,
  OriginEntry,
  Policy,
  PolicyEdits,
  Setting,
} from '../../policy/policy.ts';
import type { Pattern, RequestTest } from '../../policy/request-test.ts';
import { all, always, never, originEquals, unknown } from '../../policy/request-test.ts';
import { isCorsResponseHeader, misspelling } from '../cors-header-names.ts';
import { unknownBehind } from '../services/unknown-behind.ts';
import {
  appendItem,
  entriesOf,
  entryOf,
  isPlaceholder,
  mapsOf,
  removeEntry,
  removeItem,
  renameKey,
  replaceValue,
  stringEdits,
  textOf,
} from '../../edits/tree-edits.ts';
import type { PlainValue } from '../../edits/tree-edits.ts';
import { isAssetPath } from './asset-paths.ts';

/** One header where it is written. */
export interface StaticHeader {
  readonly name: string;
  readonly nameRange: SourceRange;
  readonly value: TreeNode;
  readonly rename: (name: string) => readonly Edit[];
  /** Takes name and value away together. */
  readonly remove: () => readonly Edit[];
  /** When it is sent; always, unless the host looks at the request. */
  readonly when: RequestTest;
  /** What the host puts there for the written value, where that is not its own text. */
  readonly sent?: HeaderValue;
  /** Puts another text there, where that takes more than another value. */
  readonly write?: (text: string, placeholder?: string) => readonly Edit[];
  /** The host sends it because nothing was written. */
  readonly byDefault?: boolean;
  /** What a deployment has to fill in, where everybody is let in until it does. */
  readonly openUntilSet?: string;
  /** The origins that a template of the host compares the request's with, where it sends that one back. */
  readonly compared?: readonly OriginEntry[];
  /** The pattern of the request's Origin that the block asks for, where the host can ask. */
  readonly asked?: { readonly group: string; readonly pattern: Pattern; readonly node: TreeNode };
}

export interface StaticHeadersInput {
  readonly framework: string;
  readonly title: string;
  readonly document: TreeDocument;
  /** The headers of the block itself. */
  readonly own: readonly StaticHeader[];
  /** Those of every block that applies to the same answers, its own among them, in the order in which they are set. */
  readonly applied: readonly StaticHeader[];
  readonly scope: string;
  readonly purpose: Policy['purpose'];
  /** Adds a header to the block. */
  readonly add?: (name: string, value: string) => readonly Edit[];
  /** Status of the answer to OPTIONS; null where something behind the host decides it. */
  readonly preflightStatus: number | null;
  readonly refusesToStart?: string;
  /** The headers are on the answers to preflights only; what stands behind answers the requests themselves. */
  readonly preflightsOnly?: boolean;
}

/** `{"Access-Control-Allow-Origin": "*"}` */
export function headersOfMap(document: TreeDocument, node: TreeNode | undefined): StaticHeader[] {
  return entriesOf(node).map((entry) => ({
    name: entry.key.trim(),
    nameRange: entry.keyRange,
    value: ownValue(entry.value),
    when: always,
    rename: (name) => renameKey(document, entry.keyRange, name),
    remove: () => removeEntry(document, entry),
  }));
}

/** `Access-Control-Allow-Origin: { value: "*", append: false }` */
function ownValue(value: TreeNode): TreeNode {
  return value.kind === 'map' ? (entryOf(value, 'value')?.value ?? value) : value;
}

/** `[{"key": "Access-Control-Allow-Origin", "value": "*"}]` */
export function headersOfList(
  document: TreeDocument,
  node: TreeNode | undefined,
  keyName = 'key',
  valueName = 'value',
): StaticHeader[] {
  return mapsOf(node).flatMap((map): StaticHeader[] => {
    const key = entryOf(map, keyName)?.value;
    const value = entryOf(map, valueName)?.value;
    const name = textOf(key);
    if (key === undefined || name === undefined || value === undefined) return [];
    return [
      {
        name: name.trim(),
        nameRange: key.range,
        value,
        when: always,
        rename: (other) => replaceValue(document, key, other),
        remove: () => removeItem(document, map),
      },
    ];
  });
}

/** Adds `{ "key": …, "value": … }` to a list of headers. */
export function addPair(document: TreeDocument, list: TreeNode, key: string, value: string): Edit[] {
  return addPairOf(document, list, { key, value });
}

/** Adds a member of another form to a list of headers. */
export function addPairOf(document: TreeDocument, list: TreeNode | undefined, member: PlainValue): Edit[] {
  return list?.kind === 'list' ? appendItem(document, list, member) : [];
}

/** Fonts, images and the like, by the path that the block is for. */
export function purposeOf(source: string): Policy['purpose'] {
  return isAssetPath(source) ? 'static' : 'application';
}

/** A policy for a block that sets a CORS header, or means to; undefined for every other block. */
export function staticHeadersPolicy(input: StaticHeadersInput): Policy | undefined {
  const { own, applied } = input;
  const first =
    own.find(({ name }) => isCorsResponseHeader(name)) ?? own.find(({ name }) => meantHeader(name) !== undefined);
  if (first === undefined) return undefined;
  const of = (name: string): StaticHeader[] => inForce(applied.filter((header) => header.name.toLowerCase() === name));
  const last = (name: string): StaticHeader | undefined => of(name).at(-1);
  const origins = of('access-control-allow-origin');
  const entries = origins.flatMap((header) => originEntries(header, input));
  const credentials = last('access-control-allow-credentials');
  const credentialsText = credentials && sentText(credentials);
  const maxAge = last('access-control-max-age');
  const maxAgeText = maxAge && sentText(maxAge);
  const privateNetwork = last('access-control-allow-private-network');
  const methods = last('access-control-allow-methods');
  const allowedHeaders = last('access-control-allow-headers');
  const exposedHeaders = last('access-control-expose-headers');
  const range = origins.at(-1)?.value.range ?? first.value.range;
  return {
    framework: input.framework,
    title: input.title,
    range,
    scope: input.scope,
    purpose: input.purpose,
    settings: {
      origins: setting(entries, origins.at(-1), range),
      credentials: setting<boolean | 'unknown'>(
        credentials === undefined ? false : credentialsText === undefined ? 'unknown' : credentialsText === 'true',
        credentials,
        range,
      ),
      ...(credentials && credentialsText && { credentialsText: setting(credentialsText, credentials, range) }),
      ...(methods && { methods: names(methods) }),
      ...(allowedHeaders && { allowedHeaders: names(allowedHeaders) }),
      ...(exposedHeaders && { exposedHeaders: names(exposedHeaders) }),
      ...(maxAge && maxAgeText && { maxAge: setting(maxAgeText, maxAge, range) }),
      ...(privateNetwork &&
        sentText(privateNetwork) === 'true' && { privateNetwork: setting(true, privateNetwork, range) }),
    },
    // What the host refuses is left out as a whole.
    headers: (input.refusesToStart === undefined ? applied : applied.filter((header) => !own.includes(header)))
      .filter(({ name }) => isCorsResponseHeader(name) || name.toLowerCase() === 'vary')
      .map(headerRule)
      .map((rule) => (input.preflightsOnly ? { ...rule, when: all([rule.when, { kind: 'preflight' }]) } : rule))
      .concat(input.preflightsOnly ? unknownBehind(range) : []),
    statuses: [{ when: { kind: 'preflight' }, status: input.preflightStatus }],
    facts: [...own.flatMap(misspelt), ...origins.filter((header) => own.includes(header)).flatMap(severalOriginsFact)],
    edits: staticEdits(input, origins, credentials, maxAge),
    ...(input.refusesToStart !== undefined && { refusesToStart: input.refusesToStart }),
  };
}

/** What later headers leave of the earlier ones. */
function inForce(headers: readonly StaticHeader[]): StaticHeader[] {
  const lastForAll = headers.findLastIndex(({ when }) => when.kind === 'always');
  return headers.slice(Math.max(lastForAll, 0));
}

/** The text on the wire; undefined when a build step or the request decides it. */
function sentText({ value, sent }: StaticHeader): string | undefined {
  if (sent !== undefined) return sent.kind === 'text' ? sent.text : undefined;
  if (value.kind !== 'scalar' || value.value === null || isPlaceholder(String(value.value))) return undefined;
  return String(value.value).trim();
}

const headerRules = new WeakMap<StaticHeader, HeaderRule>();

/** One for each header, which all blocks behind it have in their answers too. */
function headerRule(header: StaticHeader): HeaderRule {
  let rule = headerRules.get(header);
  if (rule === undefined) headerRules.set(header, (rule = madeRule(header)));
  return rule;
}

function madeRule(header: StaticHeader): HeaderRule {
  const text = sentText(header);
  const base = { name: header.name.toLowerCase(), when: header.when, range: header.value.range };
  // An empty value takes the header away.
  if (text === '') return { ...base, operation: 'remove', value: { kind: 'text', text } };
  return {
    ...base,
    operation: 'set',
    value: text !== undefined ? { kind: 'text', text } : (header.sent ?? { kind: 'unknown' }),
  };
}

function setting<T>(value: T, header: StaticHeader | undefined, range: SourceRange): Setting<T> {
  return header
    ? { value, range: header.value.range, keyRange: header.nameRange, written: header.byDefault !== true }
    : { value, range, written: false };
}

function originEntries(header: StaticHeader, input: StaticHeadersInput): OriginEntry[] {
  const { value, when, sent, asked, compared, openUntilSet } = header;
  const { range } = value;
  if (compared) return [...compared];
  if (sent?.kind === 'request-origin')
    return asked ? [askedEntry(asked, when, input)] : [{ range, kind: 'reflect', accepts: when }];
  if (openUntilSet !== undefined) return [{ range, kind: 'fallback', variable: openUntilSet, accepts: unknown() }];
  const text = sentText(header);
  if (text === undefined) return [{ range, kind: 'unknown', accepts: unknown() }];
  return text === '' ? [] : [textEntry(text, header, input)];
}

/** The caller's own origin, where the request was found by a pattern over it. */
function askedEntry(
  { node, group, pattern }: NonNullable<StaticHeader['asked']>,
  accepts: RequestTest,
  { document }: StaticHeadersInput,
): OriginEntry {
  const sources = (origins: readonly string[]): string =>
    origins.map((origin) => origin.replaceAll('.', '\\.')).join('|');
  return {
    range: node.range,
    kind: 'pattern',
    text: pattern.source,
    pattern,
    accepts,
    matching: 'regex',
    edits: {
      replacePattern: (source) => replaceValue(document, node, source),
      replaceByOrigins: (allowed) => replaceValue(document, node, `(?<${group}>${sources(allowed)})`),
    },
  };
}

function textEntry(text: string, header: StaticHeader, { document }: StaticHeadersInput): OriginEntry {
  const { value, when, write, remove, byDefault } = header;
  const { range } = value;
  // A fact says what is wrong with several origins.
  if (severalOrigins(text).length > 1) return { range, kind: 'unknown', text, accepts: never };
  if (byDefault) return { range, kind: 'any', accepts: when, byDefault: true };
  const written = value.kind === 'scalar' ? stringEdits(document, value, false) : undefined;
  const edits: EntryEdits = { ...(write ? { replaceText: write } : written), remove };
  if (text === '*') return { range, kind: 'any', text, accepts: when, edits };
  const accepts = all([when, originEquals(text, range)]);
  return { range, kind: 'text', text, accepts, matching: 'sent-as-is', edits };
}

/** Names with ranges of their own, where no escape shifts them. */
function names(header: StaticHeader): Setting<readonly NameEntry[] | 'unknown'> {
  const text = sentText(header);
  const { value } = header;
  if (text === undefined || value.kind !== 'scalar') return setting('unknown', header, value.range);
  // The text may stand inside quotes of its own.
  const inner = String(value.value).indexOf(text);
  const start = value.contentRange.start + inner;
  const exact = inner !== -1 && value.contentRange.end - value.contentRange.start === String(value.value).length;
  const found: NameEntry[] = [...text.matchAll(/[^,]+/g)].flatMap((match) => {
    const name = match[0].trim();
    if (name === '') return [];
    const at = start + match.index + match[0].indexOf(name);
    const range = exact ? { start: at, end: at + name.length } : value.range;
    return [
      {
        text: name,
        range,
        ...(exact && { edits: { replaceText: (replacement: string) => [{ range, newText: replacement }] } }),
      },
    ];
  });
  return setting(found, header, value.range);
}

function meantHeader(name: string): string | undefined {
  return /^access|control-(allow|expose|max)/i.test(name) ? misspelling(name) : undefined;
}

function misspelt({ name, nameRange, rename }: StaticHeader): Fact[] {
  const suggestion = meantHeader(name);
  return suggestion === undefined
    ? []
    : [{ kind: 'misspelt-header', name, suggestion, range: nameRange, rename: () => rename(suggestion) }];
}

function severalOriginsFact(header: StaticHeader): Fact[] {
  const origins = severalOrigins(sentText(header) ?? '');
  return origins.length > 1 ? [{ kind: 'multiple-origins', origins, range: header.value.range }] : [];
}

function severalOrigins(text: string): string[] {
  const members = text.split(/[\s,;|]+/).filter((member) => member !== '');
  return members.length > 1 && members.every((member) => member === '*' || /^[a-z][a-z0-9+.-]*:\/\//i.test(member))
    ? members
    : [];
}

function staticEdits(
  { document, applied, add }: StaticHeadersInput,
  origins: readonly StaticHeader[],
  credentials: StaticHeader | undefined,
  maxAge: StaticHeader | undefined,
): PolicyEdits {
  const [origin] = origins;
  const varies = applied.some(
    ({ name, value }) => name.toLowerCase() === 'vary' && /\borigin\b/i.test(textOf(value) ?? ''),
  );
  const write = (header: StaticHeader, text: string, placeholder?: string): Edit[] => [
    ...(header.write?.(text, placeholder) ?? replaceValue(document, header.value, text, placeholder)),
  ];
  return {
    // The host cannot look who asks, so that only one origin can be named.
    ...(origin &&
      origins.length === 1 && {
        allowOnly: (allowed: readonly string[], placeholder?: string) =>
          allowed.length === 1 ? write(origin, allowed[0]!, placeholder) : [],
      }),
    ...(credentials && { dropCredentials: credentials.remove, repairCredentials: () => write(credentials, 'true') }),
    ...(maxAge && { setMaxAge: (seconds: number) => write(maxAge, String(seconds)) }),
    ...(add && !varies && { addVaryOrigin: () => add('Vary', 'Origin') }),
  };
}
