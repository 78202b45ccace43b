/** A map of CORS settings under one key, as most gateways have it: only names, and what an origin's text means, differ. */
import type { SourceRange } from '../../syntax/range.ts';
import type { TreeDocument, TreeMap } from '../../syntax/trees/tree.ts';
import type { Fact, OriginEntry, Policy } from '../../policy/policy.ts';
import { always, unknown } from '../../policy/request-test.ts';
import { gatewayPolicy } from './gateway-policy.ts';
import { openByDefault, originEntries } from './gateway-origins.ts';
import type { GatewayCors, GatewayInput, OriginMeaning } from './gateway-cors.ts';
import type { PlaceReader, SettingPlace } from './setting-places.ts';
import { durationPlace, insertSetting, knownText, listPlace, placeOf, scalarPlace } from './setting-places.ts';
import { entryOf, unknownKeys } from '../../edits/tree-edits.ts';

/** The name of each setting that a product has. */
export interface SettingNames {
  readonly origins: string;
  readonly credentials?: string;
  readonly methods?: string;
  readonly allowedHeaders: string;
  readonly exposedHeaders: string;
  readonly maxAge: string;
  readonly privateNetwork?: string;
}

/** Of a product that has them all. */
export interface GatewayNames extends SettingNames {
  readonly credentials: string;
  readonly methods: string;
}

export interface GatewayMapInput {
  readonly gateway: GatewayCors;
  readonly document: TreeDocument;
  readonly map: TreeMap;
  /** Of the key that switches CORS on. */
  readonly range: SourceRange;
  readonly scope: string;
  readonly names: SettingNames;
  /** Other keys that the map may have. */
  readonly others?: readonly string[];
  readonly meaning: (text: string) => OriginMeaning;
  readonly readOrigins?: PlaceReader;
  readonly readNames?: PlaceReader;
  readonly readMaxAge?: PlaceReader;
  /** Entries that stand under other keys too. */
  readonly more?: readonly OriginEntry[];
  /** Without a key for origins everybody is let in. */
  readonly opensWithout: boolean;
  /** Where nobody is, in words for people. */
  readonly closedWithout?: string;
  /** A key that it does not know makes it refuse the settings. */
  readonly rejectsUnknown: boolean;
  readonly facts?: readonly Fact[];
  readonly refusesToStart?: string | undefined;
  /** What the policy needs besides. */
  readonly input?: Partial<GatewayInput>;
}

/** The policy of the map. */
export function gatewayMapPolicy(input: GatewayMapInput): Policy {
  const { document, map, names, range } = input;
  const place = (name: string | undefined, read: PlaceReader): SettingPlace | undefined =>
    name === undefined ? undefined : placeOf(document, map, name, read);
  const readNames = input.readNames ?? listPlace;
  const origins = place(names.origins, input.readOrigins ?? listPlace);
  const listed = [...originEntries(origins?.texts ?? [], input.meaning), ...(input.more ?? [])];
  const misspelt = unknownKeys(
    document,
    map,
    [...Object.values(names), ...(input.others ?? [])],
    foreignNames(names),
    (suggestion) => input.opensWithout && !input.rejectsUnknown && suggestion === names.origins,
    input.rejectsUnknown,
  );
  // Where a wrong name is refused, the default does not come into force.
  const refused =
    input.rejectsUnknown &&
    misspelt.some((fact) => fact.kind === 'unknown-option' && fact.suggestion === names.origins);
  const opens =
    (origins === undefined || origins.texts.length === 0) && listed.length === 0 && input.opensWithout && !refused;
  const credentials = place(names.credentials, scalarPlace);
  return gatewayPolicy({
    gateway: input.gateway,
    range,
    scope: input.scope,
    entries: opens ? [openByDefault(range)] : listed,
    origins,
    credentials,
    methods: place(names.methods, readNames),
    allowedHeaders: place(names.allowedHeaders, readNames),
    exposedHeaders: place(names.exposedHeaders, readNames),
    maxAge: place(names.maxAge, input.readMaxAge ?? durationPlace),
    privateNetwork: place(names.privateNetwork, scalarPlace),
    partial: map.open,
    onlyWhen: map.open && opens ? unknown() : always,
    facts: [...misspelt, ...(input.facts ?? []), ...missingOrigins(input, listed, misspelt)],
    refusesToStart: input.refusesToStart,
    insertOrigins: (allowed, placeholder) => {
      const value = input.readOrigins === undefined ? allowed : allowed.join(',');
      return insertSetting(document, map, names.origins, value, placeholder);
    },
    ...(input.gateway.defaults.credentials &&
      names.credentials !== undefined && {
        insertCredentials: () => insertSetting(document, map, names.credentials!, false),
      }),
    ...input.input,
  });
}

function missingOrigins(
  { map, names, opensWithout, closedWithout, range }: GatewayMapInput,
  entries: readonly OriginEntry[],
  misspelt: readonly Fact[],
): Fact[] {
  const set = map.entries.filter(({ key }) => (Object.values(names) as string[]).includes(key)).map(({ key }) => key);
  if (
    opensWithout ||
    entries.length > 0 ||
    set.length === 0 ||
    map.open ||
    entryOf(map, names.origins) ||
    misspelt.some((fact) => fact.kind === 'unknown-option' && fact.suggestion === names.origins)
  )
    return [];
  return [{ kind: 'no-origin-configured', range, set, ...(closedWithout && { why: closedWithout }) }];
}

/** The words that other gateways have for the same settings. */
export function foreignNames(names: SettingNames): Readonly<Record<string, string>> {
  const words: readonly (readonly [keyof SettingNames, readonly string[]])[] = [
    [
      'origins',
      ['origin', 'origins', 'alloworigin', 'alloworigins', 'allowedorigin', 'allowedorigins', 'alloworiginstringmatch'],
    ],
    [
      'credentials',
      [
        'credentials',
        'credential',
        'allowcredential',
        'allowcredentials',
        'allowscredentials',
        'supportcredentials',
        'supportscredentials',
      ],
    ],
    ['methods', ['method', 'methods', 'allowmethod', 'allowmethods', 'allowedmethods']],
    ['allowedHeaders', ['headers', 'allowheaders', 'allowedheaders']],
    ['exposedHeaders', ['exposeheaders', 'exposedheaders', 'exposeheader']],
    ['maxAge', ['maxage', 'maxageseconds']],
  ];
  return Object.fromEntries(
    words.flatMap(([role, all]) => {
      const name = names[role];
      return name === undefined ? [] : all.map((word) => [word, name]);
    }),
  );
}

/** True where this setting is written, and says so. */
export function isOn(document: TreeDocument, map: TreeMap, name: string): boolean {
  return knownText(placeOf(document, map, name, scalarPlace))?.toLowerCase() === 'true';
}
