/**
 * CORS settings of proxies, meshes and API gateways that compare the origin themselves: lists of origins, methods and
 * headers in front of an application. How each product answers is data; where its settings stand is its own file.
 */
import type { Edit, SourceRange } from '../../syntax/range.ts';
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
import {
  all,
  always,
  originEquals,
  originMatches,
  originPresent,
  never,
  not,
  some,
  unknown,
} from '../../policy/request-test.ts';
import { matchesPattern } from '../../policy/patterns/pattern-match.ts';
import { isPlaceholder } from '../../edits/tree-edits.ts';
import { helmFallback } from './helm-values.ts';
import type { PlacedText, SettingPlace } from './setting-places.ts';
import { knownText } from './setting-places.ts';

export interface GatewayCors {
  readonly framework: string;
  readonly title: string;
  /** What an origin that comes in by `*` gets: `*`, itself, or itself only where credentials are on. */
  readonly open: 'literal' | 'reflect' | 'reflect-with-credentials';
  /** `*`, or what is sent as it stands, is sent to requests without Origin too. */
  readonly openToAll?: boolean;
  /** The first text that fits is what counts: an origin that stands before `*` gets itself. */
  readonly inOrder?: boolean;
  /** A request without Origin that comes in by `*` or by a pattern gets an empty header. */
  readonly emptyWithoutOrigin?: boolean;
  /** Who gets `Access-Control-Allow-Credentials` and the names: the origins that are let in, or everybody. */
  readonly credentialsFor: 'allowed' | 'everybody';
  /** `unless-open`: not where `*` is sent. `upstream`: it sends none, what stands behind it may. */
  readonly vary: 'always' | 'unless-open' | 'not-on-preflights' | 'upstream' | 'never';
  /** Methods, headers and age are on answers to preflights, or on all. */
  readonly preflightHeaders: 'preflight' | 'every';
  /** Answers to preflights hold the exposed headers too, as they do where every header is on all answers. */
  readonly exposesOnPreflights?: boolean;
  /** What is in force without a setting. */
  readonly defaults: {
    readonly credentials: boolean;
    readonly methods?: string;
    readonly allowedHeaders?: string | 'reflect';
    readonly maxAge?: string;
  };
  /** Preflights of origins that are not let in get everything but their origin. */
  readonly answersRefused?: boolean;
  /** `*` among methods or headers is answered by what was asked for; `alone`: only where nothing else is listed. */
  readonly reflectsNames: boolean | 'alone';
  /** Only the method and headers that were asked for are answered, and only where all of them are allowed. */
  readonly answersAsked?: boolean;
  /** A single origin without a pattern is sent to everybody, as it stands. */
  readonly singleAsIs?: boolean;
  /** Status of preflights from origins that are let in, and of others; null where the application decides it. */
  readonly preflightStatus: { readonly allowed: number | null; readonly refused: number | null };
}

export interface GatewayInput {
  readonly gateway: GatewayCors;
  readonly version?: string;
  /** Of what switches the policy on: a default that lets everybody in is reported there. */
  readonly range: SourceRange;
  readonly scope: string;
  readonly entries: readonly OriginEntry[];
  readonly origins?: SettingPlace | undefined;
  readonly credentials?: SettingPlace | undefined;
  readonly methods?: SettingPlace | undefined;
  readonly allowedHeaders?: SettingPlace | undefined;
  readonly exposedHeaders?: SettingPlace | undefined;
  readonly maxAge?: SettingPlace | undefined;
  readonly privateNetwork?: SettingPlace | undefined;
  /** More settings may stand elsewhere, so that no default is sure to be in force. */
  readonly partial?: boolean | undefined;
  /** More than the origin has to be right for the headers to be sent. */
  readonly onlyWhen?: RequestTest;
  /** Preflights get headers only where this holds. */
  readonly preflightWhen?: RequestTest;
  readonly facts?: readonly Fact[];
  readonly refusesToStart?: string | undefined;
  readonly edits?: PolicyEdits;
  /** Writes settings that are not there yet. */
  readonly insertOrigins?: (origins: readonly string[], placeholder?: string) => Edit[];
  readonly insertCredentials?: () => Edit[];
}

/** What one text of a list of origins means. */
export type OriginMeaning =
  | 'any'
  | 'exact'
  | 'ignoring-case'
  | 'never'
  | 'unknown'
  | { readonly wildcard: Pattern }
  | { readonly regex: Pattern };

/** The entries that texts amount to, one each; a text that a template fills in is not known, unless its default opens. */
export function originEntries(texts: readonly PlacedText[], meaning: (text: string) => OriginMeaning): OriginEntry[] {
  return texts.map((placed) => {
    const fallback = placed.open ? helmFallback(placed.text) : undefined;
    if (fallback && fallback.value.split(',').some((part) => meaning(part.trim()) === 'any'))
      return { range: placed.range, kind: 'fallback', variable: fallback.name, accepts: unknown() };
    return placed.open
      ? { range: placed.range, kind: 'unknown', accepts: unknown() }
      : originEntry(placed, meaning(placed.text));
  });
}

/** One text with its meaning. */
export function originEntry({ text, range, edits }: PlacedText, meaning: OriginMeaning): OriginEntry {
  const base = { text, range, edits };
  switch (meaning) {
    case 'any':
      return { ...base, kind: 'any', accepts: always };
    case 'exact':
      return { ...base, kind: 'text', accepts: originEquals(text, range), matching: 'exact' };
    case 'ignoring-case':
      return { ...base, kind: 'text', accepts: originEquals(text, range, true), matching: 'exact' };
    case 'never':
      return { ...base, kind: 'text', accepts: never, matching: 'exact' };
    case 'unknown':
      return { range, text, kind: 'unknown', accepts: unknown() };
  }
  const [pattern, matching] =
    'wildcard' in meaning ? [meaning.wildcard, 'wildcard' as const] : [meaning.regex, 'regex' as const];
  const { replacePattern, ...others } = edits ?? {};
  return {
    ...base,
    kind: 'pattern',
    pattern,
    accepts: originMatches(pattern, range),
    matching,
    edits: matching === 'regex' ? edits : (others as typeof edits),
  };
}

/** A default that lets everybody in, at what switches it on. */
export function openByDefault(range: SourceRange): OriginEntry {
  return { range, kind: 'any', accepts: always, byDefault: true };
}

/** The settings of one place as a policy. */
export function gatewayPolicy(input: GatewayInput): Policy {
  const { gateway, entries, range } = input;
  const credentials = credentialsSetting(input);
  const open = entries.some(({ kind }) => kind === 'any');
  const opens =
    gateway.open === 'reflect-with-credentials'
      ? credentials.value === true
        ? 'reflect'
        : credentials.value === false
          ? 'literal'
          : 'unknown'
      : gateway.open;
  const accepted = some(entries.map(({ accepts }) => accepts));
  const single =
    gateway.singleAsIs && entries.length === 1 && entries[0]!.matching === 'sent-as-is' ? entries[0]!.text : undefined;
  const toAll = gateway.openToAll === true && (single !== undefined || (open && opens === 'literal'));
  const letIn = all([
    toAll ? always : originPresent,
    entries.length === 1 && entries[0]!.matching === 'sent-as-is' ? always : accepted,
    input.onlyWhen ?? always,
  ]);
  const preflight: RequestTest = { kind: 'preflight' };
  const applies = input.preflightWhen
    ? some([all([letIn, not(preflight)]), all([letIn, preflight, input.preflightWhen])])
    : letIn;
  const toEverybody = gateway.credentialsFor === 'everybody';
  const extras = all([
    toEverybody || gateway.answersRefused ? originPresent : applies,
    gateway.preflightHeaders === 'preflight' ? preflight : always,
  ]);

  const headers: HeaderRule[] = [];
  const send = (name: string, value: HeaderValue | undefined, when: RequestTest, at: SourceRange): void => {
    if (value && !(value.kind === 'text' && value.text === ''))
      headers.push({ name, operation: 'set', value, when, range: at });
  };
  const allowOrigin: HeaderValue =
    single !== undefined
      ? { kind: 'text', text: single }
      : !open || opens === 'reflect'
        ? { kind: 'request-origin' }
        : opens === 'literal'
          ? { kind: 'text', text: '*' }
          : { kind: 'unknown' };
  const at = input.origins?.range ?? range;
  send('access-control-allow-origin', allowOrigin, applies, at);
  const before =
    gateway.inOrder && allowOrigin.kind === 'text'
      ? entries.slice(
          0,
          entries.findIndex(({ kind }) => kind === 'any'),
        )
      : [];
  if (before.length > 0)
    send(
      'access-control-allow-origin',
      { kind: 'request-origin' },
      all([applies, some(before.map(({ accepts }) => accepts))]),
      at,
    );
  if (gateway.emptyWithoutOrigin && allowOrigin.kind === 'request-origin')
    headers.push({
      name: 'access-control-allow-origin',
      operation: 'set',
      value: { kind: 'text', text: '' },
      when: all([not(originPresent), accepted]),
      range: at,
    });
  const noVary = gateway.vary === 'never' || (gateway.vary === 'unless-open' && open && opens === 'literal');
  if (!noVary)
    headers.push({
      name: 'vary',
      operation: 'merge',
      value: gateway.vary === 'upstream' ? { kind: 'unknown', from: 'upstream' } : { kind: 'text', text: 'Origin' },
      when:
        gateway.vary === 'upstream'
          ? unknown()
          : gateway.vary === 'not-on-preflights'
            ? not(all([preflight, originPresent]))
            : always,
      range: at,
    });
  if (credentials.value !== false) {
    const to = toEverybody
      ? always
      : gateway.answersRefused
        ? some([applies, all([preflight, originPresent])])
        : applies;
    send(
      'access-control-allow-credentials',
      { kind: 'text', text: 'true' },
      credentials.value === 'unknown' ? all([to, unknown()]) : to,
      credentials.range,
    );
  }
  const { defaults } = gateway;
  send(
    'access-control-allow-methods',
    namesValue(input.methods, defaults.methods, gateway, 'access-control-request-method'),
    extras,
    input.methods?.range ?? range,
  );
  send(
    'access-control-allow-headers',
    namesValue(input.allowedHeaders, defaults.allowedHeaders, gateway, 'access-control-request-headers'),
    extras,
    input.allowedHeaders?.range ?? range,
  );
  send(
    'access-control-expose-headers',
    namesValue(input.exposedHeaders, undefined, gateway, ''),
    all([
      toEverybody ? always : applies,
      gateway.preflightHeaders === 'every' || gateway.exposesOnPreflights
        ? always
        : not(all([preflight, originPresent])),
    ]),
    input.exposedHeaders?.range ?? range,
  );
  send('access-control-max-age', maxAgeValue(input), extras, input.maxAge?.range ?? range);
  const { allowed, refused } = gateway.preflightStatus;
  const statuses: StatusRule[] = [
    { when: all([letIn, preflight]), status: allowed },
    { when: preflight, status: refused },
  ];

  const maxAge = input.maxAge && knownText(input.maxAge);
  return {
    framework: gateway.framework,
    title: input.version === undefined ? gateway.title : `${gateway.title} ${input.version}`,
    ...(input.version !== undefined && { version: input.version }),
    range,
    scope: input.scope,
    purpose: 'application',
    settings: {
      origins: { value: entries, range: at, keyRange: input.origins?.keyRange, written: input.origins !== undefined },
      credentials,
      ...(input.methods && { methods: namesSetting(input.methods, gateway.reflectsNames) }),
      ...(input.allowedHeaders && { allowedHeaders: namesSetting(input.allowedHeaders, gateway.reflectsNames) }),
      ...(input.exposedHeaders && {
        exposedHeaders: namesSetting(input.exposedHeaders, false) as Setting<readonly NameEntry[] | 'unknown'>,
      }),
      ...(input.maxAge &&
        typeof maxAge === 'string' && {
          maxAge: { value: maxAge, range: input.maxAge.range, keyRange: input.maxAge.keyRange, written: true },
        }),
      ...(knownText(input.privateNetwork) === 'true' && {
        privateNetwork: {
          value: true,
          range: input.privateNetwork!.range,
          keyRange: input.privateNetwork!.keyRange,
          written: true,
        },
      }),
    },
    headers,
    statuses,
    facts: input.facts ?? [],
    edits: { ...editsOf(input), ...input.edits },
    ...(input.refusesToStart !== undefined && { refusesToStart: input.refusesToStart }),
  };
}

function credentialsSetting({ gateway, credentials, range, partial }: GatewayInput): Setting<boolean | 'unknown'> {
  if (credentials === undefined)
    return { value: partial ? 'unknown' : gateway.defaults.credentials, range, written: false };
  const text = knownText(credentials);
  const value =
    text === null || text === undefined
      ? 'unknown'
      : text.toLowerCase() === 'true'
        ? true
        : text.toLowerCase() === 'false'
          ? false
          : gateway.defaults.credentials;
  return { value, range: credentials.range, keyRange: credentials.keyRange, written: true };
}

function reflectsAsked({ texts }: SettingPlace, reflectsNames: GatewayCors['reflectsNames']): boolean {
  return (
    reflectsNames !== false && (reflectsNames === true || texts.length === 1) && texts.some(({ text }) => text === '*')
  );
}

/** The header of a list of names: as it is written, or what was asked for. */
function namesValue(
  place: SettingPlace | undefined,
  otherwise: string | undefined,
  { reflectsNames, answersAsked }: GatewayCors,
  asked: string,
): HeaderValue | undefined {
  if (answersAsked && asked !== '') return { kind: 'request-header', name: asked };
  if (place === undefined)
    return otherwise === undefined
      ? undefined
      : otherwise === 'reflect'
        ? { kind: 'request-header', name: asked }
        : { kind: 'text', text: otherwise };
  if (place.texts.some(({ open }) => open)) return { kind: 'unknown' };
  if (asked !== '' && reflectsAsked(place, reflectsNames)) return { kind: 'request-header', name: asked };
  return { kind: 'text', text: place.texts.map(({ text }) => text).join(', ') };
}

function maxAgeValue({ maxAge, gateway }: GatewayInput): HeaderValue | undefined {
  const text = knownText(maxAge);
  if (text === undefined)
    return gateway.defaults.maxAge === undefined ? undefined : { kind: 'text', text: gateway.defaults.maxAge };
  // Durations are written in other units than they are sent.
  return text === null || !/^\d+$/.test(text) ? { kind: 'unknown' } : { kind: 'text', text };
}

function namesSetting(
  place: SettingPlace,
  reflects: GatewayCors['reflectsNames'],
): Setting<readonly NameEntry[] | null | 'unknown'> {
  const value = place.texts.some(({ open }) => open)
    ? 'unknown'
    : reflectsAsked(place, reflects)
      ? null
      : place.texts.map(({ text, range, edits }) => ({ text, range, edits }));
  return { value, range: place.range, keyRange: place.keyRange, written: true };
}

function editsOf({
  origins,
  credentials,
  methods,
  allowedHeaders,
  maxAge,
  entries,
  gateway,
  insertOrigins,
  insertCredentials,
}: GatewayInput): PolicyEdits {
  const isOpen = ({ kind, accepts, pattern, matching }: OriginEntry): boolean =>
    kind === 'any' ||
    kind === 'fallback' ||
    accepts === always ||
    (pattern !== undefined && (matching === 'regex' || matchesPattern(pattern, 'https://anybody.invalid') !== false));
  const kept = entries
    .filter(
      (entry) => !isOpen(entry) && entry.accepts !== never && entry.text !== undefined && !isPlaceholder(entry.text),
    )
    .map(({ text }) => text!);
  const allowOnly = origins
    ? (allowed: readonly string[], placeholder?: string) =>
        placeholder !== undefined && kept.length > 0 ? origins.write(kept) : origins.write(allowed, placeholder)
    : insertOrigins;
  return {
    ...(allowOnly && { allowOnly }),
    ...(credentials
      ? { dropCredentials: () => (gateway.defaults.credentials ? credentials.write(['false']) : credentials.remove()) }
      : insertCredentials && { dropCredentials: insertCredentials }),
    ...(maxAge && { setMaxAge: (seconds: number) => maxAge.write([String(seconds)]) }),
    ...(methods && { setMethods: (names: readonly string[]) => methods.write(names) }),
    ...(allowedHeaders && { setAllowedHeaders: (names: readonly string[]) => allowedHeaders.write(names) }),
  };
}
