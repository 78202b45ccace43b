/** What a service's map of settings says, with what counts where a key is not written. */
import type { SourceRange } from '../../syntax/range.ts';
import type { TreeEntry } from '../../syntax/trees/tree.ts';
import type { NameEntry, OriginEntry, Setting, Settings } from '../../policy/policy.ts';
import { always } from '../../policy/request-test.ts';
import { isPlaceholder } from '../../edits/tree-edits.ts';
import type { CorsService, ServiceKeys, ServicePolicyInput } from './cors-service.ts';
import type { Names } from './service-names.ts';
import { defaultNames, holdsStar, inCapitals, isRequested, namesOf, spelledOut } from './service-names.ts';
import { originEntries } from './service-origins.ts';

/** The settings of one policy, read. */
export interface ServiceSettings {
  /** Where the policy stands. */
  readonly range: SourceRange;
  /** The key of origins, or that of patterns where there is no other. */
  readonly originsAt: TreeEntry | undefined;
  readonly origins: readonly OriginEntry[];
  /** `*` is among the origins, or among the patterns. */
  readonly open: boolean;
  /** `*` is among the origins themselves: patterns name who came in. */
  readonly openByName: boolean;
  readonly credentials: Setting<boolean | 'unknown'>;
  readonly methods: Names | undefined;
  /** Whatever method is asked for is allowed. */
  readonly anyMethod: boolean;
  readonly allowedHeaders: Names | undefined;
  /** Whatever headers are asked for are allowed. */
  readonly anyHeader: boolean;
  readonly exposedHeaders: Setting<readonly NameEntry[] | 'unknown'> | undefined;
  readonly maxAge: Setting<string> | undefined;
  /** A key for the maximum age is written, whether or not its value can be read. */
  readonly setsMaxAge: boolean;
}

/** Reads the settings of one policy. */
export function readSettings(input: ServicePolicyInput): ServiceSettings {
  const { service, keys } = input;
  const originsAt = keys.origins ?? keys.patterns;
  const range = originsAt?.keyRange ??
    keys.openWithout?.keyRange ??
    keys.map?.entries[0]?.keyRange ??
    keys.map?.range ?? { start: 0, end: 0 };
  const listed = listedOrigins(input, range);
  const origins = [...listed, ...originsByPattern(input)];
  const open = origins.some(({ kind }) => kind === 'any');
  const methods = spelledOut(
    inCapitals(namesOf(keys.methods, input, service.literalStars?.methods), service) ??
      defaultNames(service.defaults?.methods, range),
    service,
  );
  const allowedHeaders =
    namesOf(keys.allowedHeaders, input, service.literalStars?.headers) ??
    defaultNames(service.defaults?.headers, range);
  return {
    range,
    originsAt,
    origins,
    open,
    openByName: listed.some(({ kind }) => kind === 'any'),
    credentials: credentialsOf(service, keys, open, origins),
    methods,
    anyMethod: isRequested(methods) || (service.anyMethod === 'reflect' && holdsStar(methods)),
    allowedHeaders,
    anyHeader: isRequested(allowedHeaders) || (service.anyHeader === 'reflect' && holdsStar(allowedHeaders)),
    exposedHeaders: namesOf(keys.exposedHeaders, input),
    maxAge: maxAgeOf(service, keys, range),
    setsMaxAge: keys.maxAge !== undefined,
  };
}

/** The same as the settings of a policy; null where whatever is asked for is allowed. */
export function policySettings(settings: ServiceSettings): Settings {
  const { range, originsAt, methods, allowedHeaders, exposedHeaders, maxAge } = settings;
  return {
    origins: {
      value: settings.origins,
      range: originsAt?.value.range ?? range,
      keyRange: originsAt?.keyRange,
      written: originsAt !== undefined,
    },
    credentials: settings.credentials,
    ...(methods && { methods: settings.anyMethod ? { ...methods, value: null } : methods }),
    ...(allowedHeaders && {
      allowedHeaders: settings.anyHeader ? { ...allowedHeaders, value: null } : allowedHeaders,
    }),
    ...(exposedHeaders && { exposedHeaders }),
    ...(maxAge && { maxAge }),
  };
}

function listedOrigins(input: ServicePolicyInput, range: SourceRange): OriginEntry[] {
  const { keys } = input;
  if (keys.origins) return originEntries(keys.origins.value, input);
  return keys.openWithout && keys.patterns === undefined
    ? [{ range, kind: 'any', accepts: always, byDefault: true }]
    : [];
}

function originsByPattern(input: ServicePolicyInput): OriginEntry[] {
  const { service, keys } = input;
  if (keys.patterns === undefined) return [];
  return originEntries(keys.patterns.value, {
    ...input,
    service: { ...service, origin: service.pattern ?? service.origin, writeOrigin: service.writeOriginAsPattern },
  });
}

function credentialsOf(
  service: CorsService,
  { origins, credentials, map, openWithout }: ServiceKeys,
  open: boolean,
  entries: readonly OriginEntry[],
): Setting<boolean | 'unknown'> {
  const range = credentials?.value.range ??
    origins?.value.range ??
    map?.range ??
    openWithout?.range ?? { start: 0, end: 0 };
  const byName = service.credentials === 'named' || (!credentials && service.credentialsDefault === 'named');
  if (byName) return { value: !open && entries.length > 0, range, written: false };
  if (credentials === undefined || service.credentials === 'never')
    return { value: service.credentials !== 'never' && service.credentialsDefault === true, range, written: false };
  const { value } = credentials;
  const text = value.kind === 'scalar' ? String(value.value).toLowerCase() : 'unknown';
  return { value: switchedOn(text, service), range, keyRange: credentials.keyRange, written: true };
}

function switchedOn(text: string, { onlyTrue }: CorsService): boolean | 'unknown' {
  if (onlyTrue && !isPlaceholder(text)) return text === 'true';
  if (text === 'true') return true;
  return text === 'false' || text === 'null' || text === '' ? false : 'unknown';
}

function maxAgeOf(service: CorsService, { maxAge }: ServiceKeys, range: SourceRange): Setting<string> | undefined {
  if (maxAge === undefined) {
    const value = service.defaults?.maxAge;
    return value === undefined ? undefined : { value, range, written: false };
  }
  const { value, keyRange } = maxAge;
  if (value.kind !== 'scalar' || value.value === null || isPlaceholder(String(value.value))) return undefined;
  return { value: String(value.value), range: value.range, keyRange, written: true };
}
