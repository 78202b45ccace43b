/**
 * CORS settings of services that are configured and not programmed: lists of origins, methods and headers in a map. What
 * each cloud service, server or framework makes of them is data; the keys differ in name only.
 */
import type { Edit, SourceRange } from '../syntax/range.ts';
import { encloses } from '../syntax/range.ts';
import type { TreeDocument, TreeEntry, TreeMap, TreeNode, TreeScalar } from '../syntax/tree.ts';
import type { EntryEdits, Fact, HeaderRule, HeaderValue, NameEntry, OriginEntry, Policy, PolicyEdits, Setting, StatusRule } from '../policy/policy.ts';
import type { Pattern, RequestTest } from '../policy/request-test.ts';
import { all, always, never, not, originEquals, originMatches, originPresent, some, unknown } from '../policy/request-test.ts';
import { insertKey, isPlaceholder, isString, removeEntry, replaceNumber, replaceOrigins, replaceValue, stringEdits } from './tree-edits.ts';

export interface CloudService {
  readonly framework: string;
  readonly title: string;
  /** What the service makes of one text of its list of origins. */
  readonly origin: (text: string) => OriginMeaning;
  /** The same for the list of patterns that it has beside that of origins. */
  readonly pattern?: (text: string) => OriginMeaning;
  /** What is sent where everybody is let in: `*`, the caller's origin, or `*` with nothing known about what credentials make of it. */
  readonly open: 'literal' | 'reflect' | 'unknown-with-credentials';
  /** `named`: sent without a setting, to every origin that does not come in by `*`. */
  readonly credentials: 'setting' | 'named' | 'never';
  /** What counts without a setting; off without it. `named`: on for everybody who does not come in by `*`. */
  readonly credentialsDefault?: boolean | 'named';
  /** `*` among the allowed headers: sent as it stands, or answered by the headers that were asked for. */
  readonly anyHeader: 'literal' | 'reflect';
  /** The same for methods: sent as it stands without it. */
  readonly anyMethod?: 'reflect';
  /** A preflight for a method or header that is not listed gets no CORS headers at all. */
  readonly strictPreflight: boolean;
  readonly preflightStatus: { readonly allowed: number | null; readonly refused: number | null };
  /** With this status it answers every request of an origin that is not let in. */
  readonly refusedStatus?: number;
  readonly vary: 'sent' | 'unknown';
  /** What counts without a key for methods and headers; `requested`: whatever is asked for. */
  readonly defaults?: { readonly methods?: readonly string[] | 'requested'; readonly headers?: readonly string[] | 'requested'; readonly maxAge?: string };
  /** It answers preflights only; what stands behind it answers the requests themselves, with headers of its own. */
  readonly preflightsOnly?: boolean;
  /** A text with commas holds several origins. */
  readonly commas?: boolean;
}

/** Everybody, the one origin that the text spells, several by a pattern, nobody, or what the text does not say; `ignoreCase`: as the service compares it. */
export type OriginMeaning = 'any' | 'exact' | 'nobody' | 'unknown' | Pattern | { readonly exactly: string; readonly ignoreCase: boolean };

/** Where the settings of one policy stand. */
export interface CloudKeys {
  /** Undefined where one word switches everything on: `cors: true`. */
  readonly map: TreeMap | undefined;
  /** The key that switches the policy on, where the service lets everybody in without a key for origins. */
  readonly openWithout?: TreeEntry;
  readonly origins: TreeEntry | undefined;
  /** The key of patterns, where the service has one beside that of origins. */
  readonly patterns?: TreeEntry | undefined;
  /** The name to insert where there is no key for origins. */
  readonly originsKey: string;
  readonly credentials?: TreeEntry | undefined;
  /** The name to insert where credentials are on without a key. */
  readonly credentialsKey?: string;
  readonly methods: TreeEntry | undefined;
  readonly allowedHeaders: TreeEntry | undefined;
  readonly exposedHeaders: TreeEntry | undefined;
  readonly maxAge: TreeEntry | undefined;
}

export interface CloudPolicyInput {
  readonly service: CloudService;
  readonly document: TreeDocument;
  readonly keys: CloudKeys;
  readonly scope: string;
  readonly purpose?: Policy['purpose'];
  readonly facts?: readonly Fact[];
  readonly refusesToStart?: string;
  /** For values that a deployment fills in: the text that the reference falls back to, and its name. */
  readonly reference?: (node: TreeNode) => { readonly name: string; readonly fallback: string } | undefined;
}

const wholeList: readonly NameEntry[] = [];

type Names = Setting<readonly NameEntry[] | null | 'unknown'>;

/** One map of settings as a policy. */
export function cloudPolicy(input: CloudPolicyInput): Policy {
  const { service, document, keys } = input;
  const range = (keys.origins ?? keys.patterns)?.keyRange ?? keys.openWithout?.keyRange ?? keys.map?.entries[0]?.keyRange ?? keys.map?.range ?? { start: 0, end: 0 };
  const byPattern = keys.patterns ? originEntries(keys.patterns.value, { ...input, service: { ...service, origin: service.pattern ?? service.origin } }) : [];
  const listed: OriginEntry[] = keys.origins ? originEntries(keys.origins.value, input) : keys.openWithout && keys.patterns === undefined ? [{ range, kind: 'any', accepts: always, byDefault: true }] : [];
  const entries = [...listed, ...byPattern];
  const open = entries.some(({ kind }) => kind === 'any');
  // Patterns name who came in.
  const reflects = service.open === 'reflect' || !listed.some(({ kind }) => kind === 'any');
  const named = some(entries.filter(({ kind }) => kind !== 'any').map(({ accepts }) => accepts));
  const letIn = all([originPresent, open ? always : named]);
  const credentials = credentialsOf(service, keys, open, entries);
  const methods: Names | undefined = nameSetting(keys.methods, document) ?? defaultNames(service.defaults?.methods, range);
  const allowedHeaders: Names | undefined = nameSetting(keys.allowedHeaders, document) ?? defaultNames(service.defaults?.headers, range);
  const exposedHeaders = nameSetting(keys.exposedHeaders, document);
  const reflectsHeaders = isRequested(allowedHeaders) || (service.anyHeader === 'reflect' && holdsStar(allowedHeaders));
  const reflectsMethods = isRequested(methods) || (service.anyMethod === 'reflect' && holdsStar(methods));
  const maxAge = scalarSetting(keys.maxAge) ?? (service.defaults?.maxAge === undefined || keys.maxAge ? undefined : { value: service.defaults.maxAge, range, written: false });

  const preflight: RequestTest = { kind: 'preflight' };
  const answered = service.strictPreflight ? all([reflectsMethods ? always : requestedMethod(methods), reflectsHeaders ? always : requestedHeaders(allowedHeaders)]) : always;
  const applies = service.preflightsOnly ? all([letIn, preflight, answered]) : all([letIn, some([not(preflight), answered])]);
  const headers: HeaderRule[] = [];
  const set = (name: string, text: string | undefined, when: RequestTest, at: SourceRange): void => {
    headers.push({ name, operation: 'set', value: text === undefined ? { kind: 'unknown' } : { kind: 'text', text }, when, range: at });
  };
  if (entries.length > 0) {
    const value: HeaderValue = !open || reflects ? { kind: 'request-origin' } : service.open === 'literal' || credentials.value === false ? { kind: 'text', text: '*' } : { kind: 'unknown' };
    headers.push({ name: 'access-control-allow-origin', operation: 'set', value, when: applies, range: (keys.origins ?? keys.patterns)?.value.range ?? range });
    headers.push({ name: 'vary', operation: 'merge', value: service.vary === 'sent' ? { kind: 'text', text: 'Origin' } : { kind: 'unknown' }, when: service.vary === 'sent' ? always : unknown(), range: keys.origins?.value.range ?? range });
  }
  if (credentials.value !== false) set('access-control-allow-credentials', 'true', credentials.value === 'unknown' ? all([applies, unknown()]) : applies, credentials.range);
  if (service.preflightsOnly) headers.push(...unknownBehind(range));
  const asked = all([applies, preflight]);
  if (reflectsMethods) headers.push({ name: 'access-control-allow-methods', operation: 'set', value: { kind: 'request-header', name: 'access-control-request-method' }, when: asked, range: methods!.range });
  else if (methods) set('access-control-allow-methods', joined(methods), asked, methods.range);
  if (reflectsHeaders) headers.push({ name: 'access-control-allow-headers', operation: 'set', value: { kind: 'request-header', name: 'access-control-request-headers' }, when: asked, range: allowedHeaders!.range });
  else if (allowedHeaders && joined(allowedHeaders) !== '') set('access-control-allow-headers', joined(allowedHeaders), asked, allowedHeaders.range);
  if (exposedHeaders && joined(exposedHeaders) !== '') set('access-control-expose-headers', joined(exposedHeaders), applies, exposedHeaders.range);
  if (keys.maxAge ?? maxAge) set('access-control-max-age', maxAge?.value, asked, maxAge?.range ?? range);
  const refused: StatusRule[] = service.refusedStatus === undefined ? [] : [{ when: all([originPresent, not(letIn)]), status: service.refusedStatus }];
  const statuses: StatusRule[] = [...refused, { when: asked, status: service.preflightStatus.allowed }, { when: preflight, status: service.preflightStatus.refused }];

  return {
    framework: service.framework, title: service.title, range, scope: input.scope, purpose: input.purpose ?? 'application',
    settings: {
      origins: { value: entries, range: (keys.origins ?? keys.patterns)?.value.range ?? range, keyRange: (keys.origins ?? keys.patterns)?.keyRange, written: (keys.origins ?? keys.patterns) !== undefined },
      credentials,
      ...(methods && { methods: reflectsMethods ? { ...methods, value: null } : methods }),
      ...(allowedHeaders && { allowedHeaders: reflectsHeaders ? { ...allowedHeaders, value: null } : allowedHeaders as Setting<readonly NameEntry[] | 'unknown'> }),
      ...(exposedHeaders && { exposedHeaders }),
      ...(maxAge && { maxAge }),
    },
    headers, statuses, facts: input.facts ?? [], edits: cloudEdits(input, entries),
    ...(input.refusesToStart !== undefined && { refusesToStart: input.refusesToStart }),
  };
}

/** The headers that decide who reads, for requests that something else answers. */
export function unknownBehind(range: SourceRange): HeaderRule[] {
  return ['access-control-allow-origin', 'access-control-allow-credentials'].map((name) => ({ name, operation: 'set', value: { kind: 'unknown' }, when: not({ kind: 'preflight' }), range }));
}

/** A wildcard of the service's own as a pattern over the whole origin; each `*` becomes `replacement`. */
export function wildcardPattern(text: string, replacement = '.*'): Pattern {
  return { source: text.split('*').map((part) => part.replaceAll(/[\\^$.+?()[\]{}|/]/g, '\\$&')).join(replacement), flags: '', dialect: 'javascript', mode: 'full' };
}

function originEntries(value: TreeNode, input: CloudPolicyInput): OriginEntry[] {
  if (value.kind === 'list') return value.items.flatMap((item) => originEntry(item, true, input));
  if (input.service.commas && isString(value) && value.value.includes(',') && !isPlaceholder(value.value)) return textParts(value).map((part) => readText(part.text, part.range, part.edits, input.service));
  return originEntry(value, false, input);
}

/** The origins of a text with commas, each where it stands; all of them at the text where escapes shift them. */
function textParts(node: TreeScalar & { readonly value: string }): { readonly text: string; readonly range: SourceRange; readonly edits?: EntryEdits }[] {
  const { start, end } = node.contentRange;
  const exact = end - start === node.value.length;
  return [...node.value.matchAll(/[^,]+/g)].flatMap((match, index) => {
    const text = match[0].trim();
    if (text === '') return [];
    const at = start + match.index + match[0].indexOf(text);
    if (!exact) return [{ text, range: node.range }];
    const range = { start: at, end: at + text.length };
    const whole = start + match.index;
    const comma = index === 0 ? { start: whole, end: whole + match[0].length + 1 } : { start: whole - 1, end: whole + match[0].length };
    return [{ text, range, edits: {
      replaceText: (other) => [{ range, newText: other }],
      remove: () => [{ range: comma, newText: '' }],
      replaceByOrigins: (origins, placeholder) => [{ range, newText: origins.join(','), placeholder }],
    } }];
  });
}

function originEntry(item: TreeNode, inList: boolean, { service, document, reference }: CloudPolicyInput): OriginEntry[] {
  const { range } = item;
  if (isString(item) && !isPlaceholder(item.value)) return [readText(item.value, range, stringEdits(document, item, inList), service)];
  const found = reference?.(item);
  const opens = found?.fallback.split(',').some((part) => service.origin(part.trim()) === 'any');
  return [found && opens ? { range, kind: 'fallback', variable: found.name, accepts: unknown() } : { range, kind: 'unknown', accepts: unknown() }];
}

function readText(text: string, range: SourceRange, edits: EntryEdits | undefined, service: CloudService): OriginEntry {
  const meaning = service.origin(text);
  if (meaning === 'any') return { range, kind: 'any', text, accepts: always, edits };
  if (meaning === 'unknown' || meaning === 'nobody') return { range, kind: 'unknown', text, accepts: meaning === 'unknown' ? unknown() : never };
  if (meaning === 'exact') return { range, kind: 'text', text, accepts: originEquals(text, range), matching: 'exact', edits };
  if ('exactly' in meaning) return { range, kind: 'text', text: meaning.exactly, accepts: originEquals(meaning.exactly, range, meaning.ignoreCase), matching: 'exact', edits };
  return { range, kind: 'pattern', text, pattern: meaning, accepts: originMatches(meaning, range), matching: 'wildcard', edits };
}

function credentialsOf(service: CloudService, { origins, credentials, map }: CloudKeys, open: boolean, entries: readonly OriginEntry[]): Setting<boolean | 'unknown'> {
  const range = credentials?.value.range ?? origins?.value.range ?? map?.range ?? { start: 0, end: 0 };
  if (service.credentials === 'named') return { value: !open && entries.length > 0, range, written: false };
  if (credentials === undefined && service.credentialsDefault === 'named') return { value: !open && entries.length > 0, range, written: false };
  if (credentials === undefined || service.credentials === 'never') return { value: service.credentials !== 'never' && service.credentialsDefault === true, range, written: false };
  const { value } = credentials;
  const text = value.kind === 'scalar' ? String(value.value).toLowerCase() : 'unknown';
  return { value: text === 'true' ? true : text === 'false' || text === 'null' || text === '' ? false : 'unknown', range, keyRange: credentials.keyRange, written: true };
}

/** A list of method or header names; a single text is taken as one with commas. */
export function nameSetting(entry: TreeEntry | undefined, document: TreeDocument): Setting<readonly NameEntry[] | 'unknown'> | undefined {
  if (entry === undefined) return undefined;
  const { value, keyRange } = entry;
  const setting = (names: readonly NameEntry[] | 'unknown') => ({ value: names, range: value.range, keyRange, written: true });
  if (isString(value)) return setting(isPlaceholder(value.value) ? 'unknown' : value.value.split(',').map((name) => ({ text: name.trim(), range: value.range })).filter(({ text }) => text !== ''));
  if (value.kind !== 'list' || !value.items.every(isString) || value.items.some((item) => isString(item) && isPlaceholder(item.value))) return setting('unknown');
  return setting(value.items.map((item) => ({ text: item.value, range: item.range, edits: stringEdits(document, item, true) })));
}

function scalarSetting(entry: TreeEntry | undefined): Setting<string> | undefined {
  if (entry?.value.kind !== 'scalar' || entry.value.value === null || isPlaceholder(String(entry.value.value))) return undefined;
  return { value: String(entry.value.value), range: entry.value.range, keyRange: entry.keyRange, written: true };
}

function defaultNames(names: readonly string[] | 'requested' | undefined, range: SourceRange): Names | undefined {
  if (names === undefined) return undefined;
  return { value: names === 'requested' ? null : names.map((text) => ({ text, range })), range, written: false };
}

function isRequested(names: Names | undefined): boolean {
  return names !== undefined && names.value === null;
}

function holdsStar(names: Names | undefined): boolean {
  return Array.isArray(names?.value) && (names.value as readonly NameEntry[]).some(({ text }) => text === '*');
}

function joined({ value }: Names): string | undefined {
  return value === 'unknown' || value === null ? undefined : value.map(({ text }) => text).join(', ');
}

function requestedMethod(methods: Names | undefined): RequestTest {
  if (methods?.value === 'unknown') return unknown();
  if (methods?.value === null) return always;
  const names = (methods?.value ?? wholeList).map(({ text }) => text);
  return names.includes('*') ? always : { kind: 'requested-method', names };
}

function requestedHeaders(headers: Names | undefined): RequestTest {
  if (headers?.value === 'unknown') return unknown();
  if (headers?.value === null) return always;
  const names = (headers?.value ?? wholeList).map(({ text }) => text.toLowerCase());
  return names.some((name) => name.includes('*')) ? unknown() : { kind: 'requested-headers', names };
}

function cloudEdits({ document, keys, service }: CloudPolicyInput, entries: readonly OriginEntry[]): PolicyEdits {
  const { credentials, maxAge } = keys;
  const openRanges = new Set(entries.filter(({ kind, accepts }) => kind === 'any' || kind === 'pattern' || kind === 'fallback' || accepts === always).map(({ range }) => range.start));
  // A literal origin is a pattern too.
  const opensByPattern = keys.patterns && entries.some(({ kind, range }) => kind === 'any' && encloses(keys.patterns!.value.range, range));
  const origins = opensByPattern ? keys.patterns : keys.origins;
  const noCredentials = service.credentialsDefault !== undefined && keys.credentialsKey !== undefined
    ? (): Edit[] => (credentials ? replaceValue(document, credentials.value, false) : keys.map ? insertKey(document, keys.map, keys.credentialsKey!, false) : [])
    : credentials && (() => removeEntry(document, credentials));
  return {
    allowOnly: (allowed, placeholder) => {
      const written = service.commas ? allowed.join(',') : allowed;
      if (origins?.value.kind === 'list') return replaceOrigins(document, origins.value, (item) => openRanges.has(item.range.start), allowed, placeholder);
      if (origins) return replaceValue(document, origins.value, written, placeholder);
      if (keys.map) return insertKey(document, keys.map, keys.originsKey, written, placeholder);
      return keys.openWithout ? replaceValue(document, keys.openWithout.value, { [keys.originsKey]: written }, placeholder) : [];
    },
    ...(noCredentials && service.credentials === 'setting' && { dropCredentials: noCredentials }),
    ...(maxAge && { setMaxAge: (seconds: number) => replaceNumber(document, maxAge.value, seconds) }),
  };
}
