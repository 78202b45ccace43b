/**
 * CORS settings of services that are configured and not programmed: lists of origins, methods and headers in a map. What
 * each cloud service, server or framework makes of them is data; the keys differ in name only.
 */
import type { Edit, SourceRange } from '../../syntax/range.ts';
import { encloses } from '../../syntax/range.ts';
import type { TreeDocument, TreeEntry, TreeMap, TreeNode } from '../../syntax/trees/tree.ts';
import type {
  Fact,
  HeaderRule,
  HeaderValue,
  NameEntry,
  OriginEntry,
  Policy,
  PolicyEdits,
  Setting,
  StatusRule,
} from '../../policy/policy.ts';
import type { Pattern, RequestTest } from '../../policy/request-test.ts';
import { all, always, never, not, originPresent, some, unknown } from '../../policy/request-test.ts';
import {
  defaultNames,
  holdsStar,
  inCapitals,
  isRequested,
  joined,
  methodAmong,
  namesOf,
  requestedHeaders,
  requestedMethod,
  spelledOut,
} from './service-names.ts';
import type { Names } from './service-names.ts';
import { originEntries } from './service-origins.ts';
import {
  insertKey,
  isPlaceholder,
  isString,
  removeEntry,
  replaceNumber,
  replaceOrigins,
  replaceValue,
} from '../../edits/tree-edits.ts';

export interface CorsService {
  readonly framework: string;
  readonly title: string;
  /** What the service makes of one text of its list of origins. */
  readonly origin: (text: string) => OriginMeaning;
  /** What a deployment fills in, where a dollar sign by itself is the end of a pattern. */
  readonly placeholder?: RegExp;
  /** How the source of a pattern is written where one stands. */
  readonly writePattern?: (source: string) => string;
  /** How an origin is written in the list, where that is a list of patterns. */
  readonly writeOrigin?: (origin: string) => string;
  /** How several are written where the service takes one text, and no list. */
  readonly writeOrigins?: (origins: readonly string[]) => string;
  /** How an origin is written in the list of patterns that it has beside that of origins. */
  readonly writeOriginAsPattern?: (origin: string) => string;
  /** What it makes of one text of that list. */
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
  /** `allowed`: with the answers only that let somebody in; `requests`: not with those to preflights; `unless-refused`: with those to requests without Origin too; `always`: also where nobody is let in. */
  readonly vary: 'always' | 'sent' | 'allowed' | 'requests' | 'unless-refused' | 'never' | 'unknown';
  /** Every OPTIONS request gets the headers of a preflight. */
  readonly everyOptions?: boolean;
  /** A `*` among these is a name as any other. */
  readonly literalStars?: { readonly methods?: boolean; readonly headers?: boolean };
  /** Methods are put into capitals before they count. */
  readonly capitals?: true;
  /** With this status it answers a request whose method is not listed, and without CORS headers. */
  readonly refusesMethods?: number;
  /** Of the listed methods that one is sent that was asked for. */
  readonly listedMethods?: 'as-asked' | undefined;
  /** Of the listed headers those are sent that were asked for. */
  readonly listedHeaders?: 'as-asked';
  /** What counts without a key for methods and headers; `requested`: whatever is asked for; `unknown`: lists of its own. */
  readonly defaults?: {
    readonly methods?: readonly string[] | 'requested' | 'unknown';
    readonly headers?: readonly string[] | 'requested' | 'unknown';
    readonly maxAge?: string | undefined;
  };
  /** It answers preflights only; what stands behind it answers the requests themselves, with headers of its own. */
  readonly preflightsOnly?: boolean;
  /** Every value is a text, also `'false'`. */
  readonly textValues?: true;
  /** Any other word than `true` switches off. */
  readonly onlyTrue?: true;
  /** Whoever is not let in gets the same answer, with the first origin of the list in it. */
  readonly strangers?: 'first-origin';
  /** Methods that count beside those that are listed. */
  readonly furtherMethods?: readonly string[];
  /** Words that stand for several methods. */
  readonly methodWords?: Readonly<Record<string, readonly string[]>>;
  /** A text with commas holds several origins. */
  readonly commas?: boolean;
  /** Blanks separate where commas do. */
  readonly blanks?: true;
}

/** Everybody, the one origin that the text spells, several by a pattern, nobody, or what the text does not say; `ignoreCase`: as the service compares it. */
export type OriginMeaning =
  'any' | 'exact' | 'nobody' | 'unknown' | Pattern | { readonly exactly: string; readonly ignoreCase: boolean };

/** Where the settings of one policy stand. */
export interface ServiceKeys {
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

export interface ServicePolicyInput {
  readonly service: CorsService;
  readonly document: TreeDocument;
  readonly keys: ServiceKeys;
  readonly scope: string;
  readonly purpose?: Policy['purpose'];
  readonly facts?: readonly Fact[];
  readonly refusesToStart?: string;
  /** With this status it then answers every request that has an Origin. */
  readonly failsWith?: number;
  /** For values that a deployment fills in: the text that the reference falls back to, and its name. */
  readonly reference?: (node: TreeNode) => { readonly name: string; readonly fallback: string } | undefined;
}

function varies(vary: CorsService['vary'], applies: RequestTest): RequestTest {
  switch (vary) {
    case 'always':
    case 'sent':
      return always;
    case 'allowed':
      return applies;
    case 'requests':
      return all([applies, not({ kind: 'preflight' })]);
    case 'unless-refused':
      return some([applies, not(originPresent)]);
    case 'never':
      return never;
    case 'unknown':
      return unknown();
  }
}

/** One map of settings as a policy. */
export function servicePolicy(input: ServicePolicyInput): Policy {
  const { service, keys } = input;
  const range = (keys.origins ?? keys.patterns)?.keyRange ??
    keys.openWithout?.keyRange ??
    keys.map?.entries[0]?.keyRange ??
    keys.map?.range ?? { start: 0, end: 0 };
  const byPattern = keys.patterns
    ? originEntries(keys.patterns.value, {
        ...input,
        service: { ...service, origin: service.pattern ?? service.origin, writeOrigin: service.writeOriginAsPattern },
      })
    : [];
  const listed: OriginEntry[] = keys.origins
    ? originEntries(keys.origins.value, input)
    : keys.openWithout && keys.patterns === undefined
      ? [{ range, kind: 'any', accepts: always, byDefault: true }]
      : [];
  const entries = [...listed, ...byPattern];
  const open = entries.some(({ kind }) => kind === 'any');
  // Patterns name who came in.
  const reflects = service.open === 'reflect' || !listed.some(({ kind }) => kind === 'any');
  const named = some(entries.filter(({ kind }) => kind !== 'any').map(({ accepts }) => accepts));
  const letIn = all([originPresent, open ? always : named]);
  const credentials = credentialsOf(service, keys, open, entries);
  const methods: Names | undefined = spelledOut(
    inCapitals(namesOf(keys.methods, input, service.literalStars?.methods), service) ??
      defaultNames(service.defaults?.methods, range),
    service,
  );
  const allowedHeaders: Names | undefined =
    namesOf(keys.allowedHeaders, input, service.literalStars?.headers) ??
    defaultNames(service.defaults?.headers, range);
  const exposedHeaders = namesOf(keys.exposedHeaders, input);
  const reflectsHeaders = isRequested(allowedHeaders) || (service.anyHeader === 'reflect' && holdsStar(allowedHeaders));
  const anyMethod = isRequested(methods) || (service.anyMethod === 'reflect' && holdsStar(methods));
  const reflectsMethods = anyMethod || (service.listedMethods === 'as-asked' && methods !== undefined);
  const maxAge =
    scalarSetting(keys.maxAge) ??
    (service.defaults?.maxAge === undefined || keys.maxAge
      ? undefined
      : { value: service.defaults.maxAge, range, written: false });

  const preflight: RequestTest = { kind: 'preflight' };
  const answered = service.strictPreflight
    ? all([anyMethod ? always : requestedMethod(methods), reflectsHeaders ? always : requestedHeaders(allowedHeaders)])
    : always;
  const accepted = service.refusesMethods !== undefined ? some([preflight, methodAmong(methods)]) : always;
  const applies = service.preflightsOnly
    ? all([letIn, preflight, answered])
    : all([letIn, accepted, some([not(preflight), answered])]);
  // Who hears of everything but the origin.
  const told = service.strangers ? (service.preflightsOnly ? preflight : always) : applies;
  const headers: HeaderRule[] = [];
  const set = (name: string, text: string | undefined, when: RequestTest, at: SourceRange): void => {
    headers.push({
      name,
      operation: 'set',
      value: text === undefined ? { kind: 'unknown' } : { kind: 'text', text },
      when,
      range: at,
    });
  };
  if (entries.length > 0) {
    const value: HeaderValue =
      !open || reflects
        ? { kind: 'request-origin' }
        : service.open === 'literal' || credentials.value === false
          ? { kind: 'text', text: '*' }
          : { kind: 'unknown' };
    if (service.strangers && value.kind !== 'text')
      set('access-control-allow-origin', entries[0]!.text, told, entries[0]!.range);
    headers.push({
      name: 'access-control-allow-origin',
      operation: 'set',
      value,
      when: value.kind === 'text' ? told : applies,
      range: (keys.origins ?? keys.patterns)?.value.range ?? range,
    });
  }
  if (entries.length > 0 || service.vary === 'unless-refused' || service.vary === 'always')
    headers.push({
      name: 'vary',
      operation: 'merge',
      value: service.vary === 'unknown' ? { kind: 'unknown' } : { kind: 'text', text: 'Origin' },
      when: varies(service.vary, told),
      range: keys.origins?.value.range ?? range,
    });
  if (credentials.value !== false)
    set(
      'access-control-allow-credentials',
      'true',
      credentials.value === 'unknown' ? all([told, unknown()]) : told,
      credentials.range,
    );
  if (service.preflightsOnly) headers.push(...unknownBehind(range));
  const asked = all([told, service.everyOptions ? { kind: 'method', name: 'OPTIONS' } : preflight]);
  if (reflectsMethods)
    headers.push({
      name: 'access-control-allow-methods',
      operation: 'set',
      value: { kind: 'request-header', name: 'access-control-request-method' },
      when: asked,
      range: methods!.range,
    });
  else if (methods) set('access-control-allow-methods', joined(methods), asked, methods.range);
  const asAsked = reflectsHeaders || (service.listedHeaders === 'as-asked' && allowedHeaders !== undefined);
  if (asAsked)
    headers.push({
      name: 'access-control-allow-headers',
      operation: 'set',
      value: { kind: 'request-header', name: 'access-control-request-headers' },
      when: asked,
      range: allowedHeaders!.range,
    });
  else if (allowedHeaders && joined(allowedHeaders) !== '')
    set('access-control-allow-headers', joined(allowedHeaders), asked, allowedHeaders.range);
  if (exposedHeaders && joined(exposedHeaders) !== '')
    set('access-control-expose-headers', joined(exposedHeaders), told, exposedHeaders.range);
  if (keys.maxAge ?? maxAge) set('access-control-max-age', maxAge?.value, asked, maxAge?.range ?? range);
  const refused: StatusRule[] =
    service.refusedStatus === undefined
      ? []
      : [{ when: all([originPresent, not(letIn)]), status: service.refusedStatus }];
  const otherMethods: StatusRule[] =
    service.refusesMethods === undefined ? [] : [{ when: all([letIn, not(accepted)]), status: service.refusesMethods }];
  // What answers the requests themselves has a status of its own, unless the service is all that there is.
  const behind: StatusRule[] =
    (service.refusedStatus ?? service.refusesMethods) === undefined ? [] : [{ when: always, status: null }];
  const crossing = service.strangers ? preflight : all([originPresent, preflight]);
  const statuses: StatusRule[] = [
    ...refused,
    ...otherMethods,
    { when: all([asked, crossing]), status: service.preflightStatus.allowed },
    { when: crossing, status: service.preflightStatus.refused },
    ...behind,
  ];

  return {
    framework: service.framework,
    title: service.title,
    range,
    scope: input.scope,
    purpose: input.purpose ?? 'application',
    settings: {
      origins: {
        value: entries,
        range: (keys.origins ?? keys.patterns)?.value.range ?? range,
        keyRange: (keys.origins ?? keys.patterns)?.keyRange,
        written: (keys.origins ?? keys.patterns) !== undefined,
      },
      credentials,
      ...(methods && { methods: anyMethod ? { ...methods, value: null } : methods }),
      ...(allowedHeaders && {
        allowedHeaders: reflectsHeaders
          ? { ...allowedHeaders, value: null }
          : (allowedHeaders as Setting<readonly NameEntry[] | 'unknown'>),
      }),
      ...(exposedHeaders && { exposedHeaders }),
      ...(maxAge && { maxAge }),
    },
    ...(input.failsWith === undefined
      ? { headers, statuses }
      : {
          headers: [],
          statuses: [
            { when: originPresent, status: input.failsWith },
            { when: always, status: null },
          ],
        }),
    facts: input.facts ?? [],
    edits: serviceEdits(input, entries),
    ...(input.refusesToStart !== undefined && { refusesToStart: input.refusesToStart }),
  };
}

/** The headers that decide who reads, for requests that something else answers. */
export function unknownBehind(range: SourceRange): HeaderRule[] {
  const when = not({ kind: 'preflight' });
  return [
    ...['access-control-allow-origin', 'access-control-allow-credentials'].map((name): HeaderRule => ({
      name,
      operation: 'set',
      value: { kind: 'unknown' },
      when,
      range,
    })),
    { name: 'vary', operation: 'merge', value: { kind: 'unknown' }, when, range },
  ];
}

/** A wildcard of the service's own as a pattern over the whole origin; each `*` becomes `replacement`. */
export function wildcardPattern(text: string, replacement = '.*'): Pattern {
  return {
    source: text
      .split('*')
      .map((part) => part.replaceAll(/[\\^$.+?()[\]{}|/]/g, '\\$&'))
      .join(replacement),
    flags: '',
    dialect: 'javascript',
    mode: 'full',
  };
}

function credentialsOf(
  service: CorsService,
  { origins, credentials, map }: ServiceKeys,
  open: boolean,
  entries: readonly OriginEntry[],
): Setting<boolean | 'unknown'> {
  const range = credentials?.value.range ?? origins?.value.range ?? map?.range ?? { start: 0, end: 0 };
  if (service.credentials === 'named') return { value: !open && entries.length > 0, range, written: false };
  if (credentials === undefined && service.credentialsDefault === 'named')
    return { value: !open && entries.length > 0, range, written: false };
  if (credentials === undefined || service.credentials === 'never')
    return { value: service.credentials !== 'never' && service.credentialsDefault === true, range, written: false };
  const { value } = credentials;
  const text = value.kind === 'scalar' ? String(value.value).toLowerCase() : 'unknown';
  if (service.onlyTrue && !isPlaceholder(text))
    return { value: text === 'true', range, keyRange: credentials.keyRange, written: true };
  return {
    value: text === 'true' ? true : text === 'false' || text === 'null' || text === '' ? false : 'unknown',
    range,
    keyRange: credentials.keyRange,
    written: true,
  };
}

function scalarSetting(entry: TreeEntry | undefined): Setting<string> | undefined {
  if (entry?.value.kind !== 'scalar' || entry.value.value === null || isPlaceholder(String(entry.value.value)))
    return undefined;
  return { value: String(entry.value.value), range: entry.value.range, keyRange: entry.keyRange, written: true };
}

function serviceEdits({ document, keys, service }: ServicePolicyInput, entries: readonly OriginEntry[]): PolicyEdits {
  const { credentials, maxAge } = keys;
  const openRanges = new Set(
    entries
      .filter(({ kind, accepts }) => kind === 'any' || kind === 'pattern' || kind === 'fallback' || accepts === always)
      .map(({ range }) => range.start),
  );
  // A literal origin is a pattern too.
  const opensByPattern =
    keys.patterns !== undefined &&
    !entries.some(
      ({ kind, range }) => kind === 'any' && keys.origins !== undefined && encloses(keys.origins.value.range, range),
    );
  const origins = opensByPattern ? keys.patterns : keys.origins;
  const noCredentials =
    service.credentialsDefault !== undefined && keys.credentialsKey !== undefined
      ? (): Edit[] =>
          credentials
            ? replaceValue(document, credentials.value, isString(credentials.value) ? 'false' : false)
            : keys.map
              ? insertKey(document, keys.map, keys.credentialsKey!, service.textValues ? 'false' : false)
              : []
      : credentials && (() => removeEntry(document, credentials));
  return {
    allowOnly: (allowed, placeholder) => {
      // An origin that the service would not let in even so.
      if (allowed.some((origin) => service.origin(origin) === 'unknown')) return [];
      const write = opensByPattern ? service.writeOriginAsPattern : service.writeOrigin;
      const texts = write ? allowed.map(write) : allowed;
      const written = service.writeOrigins?.(allowed) ?? (service.commas ? texts.join(',') : texts);
      if (origins?.value.kind === 'list')
        return replaceOrigins(document, origins.value, (item) => openRanges.has(item.range.start), texts, placeholder);
      if (origins) return replaceValue(document, origins.value, written, placeholder);
      if (keys.map) return insertKey(document, keys.map, keys.originsKey, written, placeholder);
      return keys.openWithout
        ? replaceValue(document, keys.openWithout.value, { [keys.originsKey]: written }, placeholder)
        : [];
    },
    ...(noCredentials && service.credentials === 'setting' && { dropCredentials: noCredentials }),
    ...(maxAge && { setMaxAge: (seconds: number) => replaceNumber(document, maxAge.value, seconds) }),
  };
}
