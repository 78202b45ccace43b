/**
 * CORS settings of cloud services: lists of origins, methods and headers in a map. What each service makes of them is
 * data; the keys differ in name only.
 */
import type { SourceRange } from '../syntax/range.ts';
import type { TreeDocument, TreeEntry, TreeMap, TreeNode, TreeScalar } from '../syntax/tree.ts';
import type { EntryEdits, Fact, HeaderRule, HeaderValue, NameEntry, OriginEntry, Policy, PolicyEdits, Setting, StatusRule } from '../policy/policy.ts';
import type { Pattern, RequestTest } from '../policy/request-test.ts';
import { all, always, not, originEquals, originMatches, originPresent, some, unknown } from '../policy/request-test.ts';
import { insertKey, isPlaceholder, isString, removeEntry, replaceNumber, replaceOrigins, replaceValue, stringEdits } from './tree-edits.ts';

export interface CloudService {
  readonly framework: string;
  readonly title: string;
  /** What the service makes of one text of its list of origins. */
  readonly origin: (text: string) => 'any' | 'exact' | 'unknown' | Pattern;
  /** What is sent where everybody is let in: `*`, the caller's origin, or `*` with nothing known about what credentials make of it. */
  readonly open: 'literal' | 'reflect' | 'unknown-with-credentials';
  /** `named`: sent without a setting, to every origin that does not come in by `*`. */
  readonly credentials: 'setting' | 'named' | 'never';
  /** `*` among the allowed headers: sent as it stands, or answered by the headers that were asked for. */
  readonly anyHeader: 'literal' | 'reflect';
  /** A preflight for a method or header that is not listed gets no CORS headers at all. */
  readonly strictPreflight: boolean;
  readonly preflightStatus: { readonly allowed: number | null; readonly refused: number | null };
  readonly vary: 'sent' | 'unknown';
  /** It answers preflights only; what stands behind it answers the requests themselves, with headers of its own. */
  readonly preflightsOnly?: boolean;
  /** A text with commas holds several origins. */
  readonly commas?: boolean;
}

/** Where the settings of one policy stand. */
export interface CloudKeys {
  /** Undefined where one word switches everything on: `cors: true`. */
  readonly map: TreeMap | undefined;
  /** The key that switches the policy on, where the service lets everybody in without a key for origins. */
  readonly openWithout?: TreeEntry;
  readonly origins: TreeEntry | undefined;
  /** The name to insert where there is no key for origins. */
  readonly originsKey: string;
  readonly credentials?: TreeEntry | undefined;
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

/** One map of settings as a policy. */
export function cloudPolicy(input: CloudPolicyInput): Policy {
  const { service, document, keys } = input;
  const range = keys.origins?.keyRange ?? keys.openWithout?.keyRange ?? keys.map?.entries[0]?.keyRange ?? keys.map?.range ?? { start: 0, end: 0 };
  const entries: OriginEntry[] = keys.origins ? originEntries(keys.origins.value, input) : keys.openWithout ? [{ range, kind: 'any', accepts: always, byDefault: true }] : [];
  const open = entries.some(({ kind }) => kind === 'any');
  const named = some(entries.filter(({ kind }) => kind !== 'any').map(({ accepts }) => accepts));
  const letIn = all([originPresent, open ? always : named]);
  const credentials = credentialsOf(service, keys, open, entries);
  const methods = nameSetting(keys.methods, document);
  const allowedHeaders = nameSetting(keys.allowedHeaders, document);
  const exposedHeaders = nameSetting(keys.exposedHeaders, document);
  const reflectsHeaders = service.anyHeader === 'reflect' && Array.isArray(allowedHeaders?.value) && (allowedHeaders.value as readonly NameEntry[]).some(({ text }) => text === '*');
  const maxAge = scalarSetting(keys.maxAge);

  const preflight: RequestTest = { kind: 'preflight' };
  const answered = service.strictPreflight ? all([requestedMethod(methods), reflectsHeaders ? always : requestedHeaders(allowedHeaders)]) : always;
  const applies = service.preflightsOnly ? all([letIn, preflight, answered]) : all([letIn, some([not(preflight), answered])]);
  const headers: HeaderRule[] = [];
  const set = (name: string, text: string | undefined, when: RequestTest, at: SourceRange): void => {
    headers.push({ name, operation: 'set', value: text === undefined ? { kind: 'unknown' } : { kind: 'text', text }, when, range: at });
  };
  if (entries.length > 0) {
    const value: HeaderValue = !open || service.open === 'reflect' ? { kind: 'request-origin' } : service.open === 'literal' || credentials.value === false ? { kind: 'text', text: '*' } : { kind: 'unknown' };
    headers.push({ name: 'access-control-allow-origin', operation: 'set', value, when: applies, range: keys.origins?.value.range ?? range });
    headers.push({ name: 'vary', operation: 'merge', value: service.vary === 'sent' ? { kind: 'text', text: 'Origin' } : { kind: 'unknown' }, when: service.vary === 'sent' ? always : unknown(), range: keys.origins?.value.range ?? range });
  }
  if (credentials.value !== false) set('access-control-allow-credentials', 'true', credentials.value === 'unknown' ? all([applies, unknown()]) : applies, credentials.range);
  if (service.preflightsOnly) headers.push(...unknownBehind(range));
  const asked = all([applies, preflight]);
  if (methods) set('access-control-allow-methods', joined(methods), asked, methods.range);
  if (reflectsHeaders) headers.push({ name: 'access-control-allow-headers', operation: 'set', value: { kind: 'request-header', name: 'access-control-request-headers' }, when: asked, range: allowedHeaders!.range });
  else if (allowedHeaders && joined(allowedHeaders) !== '') set('access-control-allow-headers', joined(allowedHeaders), asked, allowedHeaders.range);
  if (exposedHeaders && joined(exposedHeaders) !== '') set('access-control-expose-headers', joined(exposedHeaders), applies, exposedHeaders.range);
  if (keys.maxAge) set('access-control-max-age', maxAge?.value, asked, keys.maxAge.value.range);
  const statuses: StatusRule[] = [{ when: asked, status: service.preflightStatus.allowed }, { when: preflight, status: service.preflightStatus.refused }];

  return {
    framework: service.framework, title: service.title, range, scope: input.scope, purpose: input.purpose ?? 'application',
    settings: {
      origins: { value: entries, range: keys.origins?.value.range ?? range, keyRange: keys.origins?.keyRange, written: keys.origins !== undefined },
      credentials,
      ...(methods && { methods }),
      ...(allowedHeaders && { allowedHeaders: reflectsHeaders ? { ...allowedHeaders, value: null } : allowedHeaders }),
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
  if (meaning === 'unknown') return { range, kind: 'unknown', text, accepts: unknown() };
  if (meaning === 'exact') return { range, kind: 'text', text, accepts: originEquals(text, range), matching: 'exact', edits };
  return { range, kind: 'pattern', text, pattern: meaning, accepts: originMatches(meaning, range), matching: 'wildcard', edits };
}

function credentialsOf(service: CloudService, { origins, credentials, map }: CloudKeys, open: boolean, entries: readonly OriginEntry[]): Setting<boolean | 'unknown'> {
  const range = credentials?.value.range ?? origins?.value.range ?? map?.range ?? { start: 0, end: 0 };
  if (service.credentials === 'named') return { value: !open && entries.length > 0, range, written: false };
  if (credentials === undefined || service.credentials === 'never') return { value: false, range, written: false };
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

function joined({ value }: Setting<readonly NameEntry[] | 'unknown'>): string | undefined {
  return value === 'unknown' ? undefined : value.map(({ text }) => text).join(', ');
}

function requestedMethod(methods: Setting<readonly NameEntry[] | 'unknown'> | undefined): RequestTest {
  if (methods?.value === 'unknown') return unknown();
  const names = (methods?.value ?? wholeList).map(({ text }) => text);
  return names.includes('*') ? always : { kind: 'requested-method', names };
}

function requestedHeaders(headers: Setting<readonly NameEntry[] | 'unknown'> | undefined): RequestTest {
  if (headers?.value === 'unknown') return unknown();
  const names = (headers?.value ?? wholeList).map(({ text }) => text.toLowerCase());
  return names.some((name) => name.includes('*')) ? unknown() : { kind: 'requested-headers', names };
}

function cloudEdits({ document, keys, service }: CloudPolicyInput, entries: readonly OriginEntry[]): PolicyEdits {
  const { origins, credentials, maxAge } = keys;
  const openRanges = new Set(entries.filter(({ kind, accepts }) => kind === 'any' || kind === 'pattern' || kind === 'fallback' || accepts === always).map(({ range }) => range.start));
  return {
    allowOnly: (allowed, placeholder) => {
      const written = service.commas ? allowed.join(',') : allowed;
      if (origins?.value.kind === 'list') return replaceOrigins(document, origins.value, (item) => openRanges.has(item.range.start), allowed, placeholder);
      if (origins) return replaceValue(document, origins.value, written, placeholder);
      if (keys.map) return insertKey(document, keys.map, keys.originsKey, written, placeholder);
      return keys.openWithout ? replaceValue(document, keys.openWithout.value, { [keys.originsKey]: written }, placeholder) : [];
    },
    ...(credentials && service.credentials === 'setting' && { dropCredentials: () => removeEntry(document, credentials) }),
    ...(maxAge && { setMaxAge: (seconds: number) => replaceNumber(document, maxAge.value, seconds) }),
  };
}
