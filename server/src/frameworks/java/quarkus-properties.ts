/**
 * CORS settings of Quarkus in `application.properties` and `application.yml`. Whoever is on the list may send cookies,
 * unless that is switched off.
 *
 * Read from the filter's source: https://quarkus.io/guides/security-cors
 */
import type { TreeDocument } from '../../syntax/trees/tree.ts';
import type { Fact, Policy } from '../../policy/policy.ts';
import type { SourceRange } from '../../syntax/range.ts';
import { switchedOff } from '../../models/services/locked-out.ts';
import { servicePolicy } from '../../models/services/service-policy.ts';
import { quarkusCors } from '../../models/services/quarkus-cors.ts';
import { defineFramework } from '../../models/framework.ts';
import { oneByOne } from '../../models/in-steps.ts';
import { isBefore } from './maven-versions.ts';
import { platformVersion } from './platform-versions.ts';
import type { Platform } from './platform-versions.ts';
import type { FrameworkContext } from '../../models/framework.ts';
import {
  groupUnder,
  isDevelopmentProfile,
  lastNames,
  neighbouringSources,
  propertyFallback,
  propertySources,
  propertyText,
  spellings,
} from '../../models/services/property-settings.ts';
import type { PropertyGroup, PropertySource } from '../../models/services/property-settings.ts';
import { insertKey, unknownKeys } from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'quarkus-properties',
  title: 'Quarkus settings',
  documentation: 'https://quarkus.io/guides/security-cors',
  reads: '`quarkus.http.cors` in `application.properties` and `application.yml`, also of single profiles',
  mentions: ['cors'],
  shape: 'tree',
  formats: ['yaml', 'properties'],
  *read(document, context) {
    const sources = propertySources(document);
    return {
      policies: yield* oneByOne(sources, (source) => readSource(source, document, context)),
      facts: neverSwitchedOn(sources, document, context),
    };
  },
});

const prefix = 'quarkus.http.cors';
const names = [
  'enabled',
  'origins',
  'methods',
  'headers',
  'exposed-headers',
  'access-control-max-age',
  'access-control-allow-credentials',
  'return-exact-origins',
  'vary-origin',
];
const foreign: Readonly<Record<string, string>> = {
  allowedorigins: 'origins',
  origin: 'origins',
  alloworigin: 'origins',
  accesscontrolalloworigin: 'origins',
  allowedmethods: 'methods',
  allowedheaders: 'headers',
  allowcredentials: 'access-control-allow-credentials',
  credentials: 'access-control-allow-credentials',
  maxage: 'access-control-max-age',
};

/** The names of `%dev.quarkus…` stand for the profile alone, beside those of every profile. */
function readSource(source: PropertySource, document: TreeDocument, context: FrameworkContext): Policy[] {
  const profiles = [...new Set(source.entries.flatMap(({ name }) => (name[0]!.startsWith('%') ? [name[0]!] : [])))];
  const base = source.entries.filter(({ name }) => !name[0]!.startsWith('%'));
  const ofProfile = (profile: string) =>
    source.entries
      .filter(({ name }) => name[0] === profile && name.length > 1)
      .map(({ name, entry }) => ({ name: name.slice(1), entry }));
  return [
    ...readSettings({ entries: base }, { entries: base }, source, undefined, document, context),
    ...profiles.flatMap((profile) =>
      readSettings(
        { entries: ofProfile(profile) },
        { entries: [...base, ...ofProfile(profile)] },
        source,
        profile.slice(1),
        document,
        context,
      ),
    ),
  ];
}

/** Origins in a file that nowhere says whether CORS is on, beside others that do not say it either. */
function neverSwitchedOn(
  sources: readonly PropertySource[],
  document: TreeDocument,
  context: FrameworkContext,
): Fact[] {
  const [origins] = sources
    .flatMap(({ entries }) => entries)
    .filter(({ name }) => /^(%[^.]+\.)?quarkus\.http\.cors\.origins$/.test(name.join('.')));
  if (origins === undefined || [...sources, ...neighbouringSources(context)].some(saysWhetherOn)) return [];
  const { entry } = origins;
  const key = entry.key.replace(/origins$/, 'enabled');
  const map = entry.value.parent;
  return [
    switchedOff(entry, 'Quarkus', 'quarkus.http.cors.enabled is true', () =>
      map?.kind === 'map' ? insertKey(document, map, key, document.format === 'yaml' ? true : 'true') : [],
    ),
  ];
}

/** Whether one of the two names of the switch is written, whatever its value. */
function saysWhetherOn({ entries }: PropertySource): boolean {
  return entries.some(
    ({ name, entry }) =>
      /^(%[^.]+\.)?quarkus\.http\.cors(\.enabled|\.null|\.~)?$/.test(name.join('.')) && entry.value.kind !== 'map',
  );
}

/** Nothing but the own origin, where no profile and no file beside this one names others either. */
function withoutOrigins(sources: readonly PropertySource[], range: SourceRange): Fact[] {
  const named = sources
    .flatMap(({ entries }) => entries)
    .some(({ name }) => /quarkus\.http\.cors\.origins(\[\d+\])?$/.test(name.join('.')));
  return named
    ? []
    : [
        {
          kind: 'no-origin-configured',
          range,
          set: [],
          why: 'Without quarkus.http.cors.origins only pages of the own origin get in.',
        },
      ];
}

function readSettings(
  own: PropertySource,
  inForce: PropertySource,
  whole: PropertySource,
  profile: string | undefined,
  document: TreeDocument,
  context: FrameworkContext,
): Policy[] {
  const written = groupUnder(own, prefix);
  const group = groupUnder(inForce, prefix);
  const switches = [`${prefix}.enabled`, prefix, `${prefix}.null`];
  const on = switches.some((name) => propertyText(inForce, name)?.trim() === 'true');
  const switchEntry = own.entries.findLast(({ name }) => switches.includes(name.join('.')) && name.length >= 3)?.entry;
  if (!on || (written === undefined && switchEntry === undefined)) return [];
  const origins = group?.get('origins');
  const open = origins === undefined && opensWithoutOrigins(context);
  if (origins === undefined && !open && switchEntry === undefined) return [];
  const map = written?.map ?? { kind: 'map' as const, range: switchEntry!.range, entries: [switchEntry!] };
  const keyPrefix = written?.keyPrefix ?? `${switchEntry!.key.replace(/\.enabled$/, '')}.`;
  const misspelt = misspeltIn(written, document);
  // A YAML switch is a plain text, beside which nothing can be written.
  const insertable = written !== undefined || document.format === 'properties';
  return [
    servicePolicy({
      service: quarkusCors(origins),
      document,
      reference: propertyFallback,
      scope: profile === undefined ? 'the application' : `the application with the profile ${profile}`,
      purpose: purposeOf(profile, context.path),
      keys: {
        map: insertable ? map : undefined,
        originsKey: `${keyPrefix}origins`,
        origins,
        credentials: group?.get('access-control-allow-credentials'),
        credentialsKey: `${keyPrefix}access-control-allow-credentials`,
        methods: group?.get('methods'),
        allowedHeaders: group?.get('headers'),
        exposedHeaders: group?.get('exposed-headers'),
        maxAge: undefined,
        ...(open && { openWithout: switchEntry ?? written!.first }),
      },
      facts: [
        ...misspelt,
        ...(origins || open || misspelt.length > 0
          ? []
          : withoutOrigins([whole, ...neighbouringSources(context)], (switchEntry ?? written!.first).keyRange)),
      ],
    }),
  ];
}

function misspeltIn(group: PropertyGroup | undefined, document: TreeDocument): Fact[] {
  return group ? unknownKeys(document, lastNames(group), [...names.flatMap(spellings), 'null'], foreign) : [];
}

/** Up to 2.12 the filter let in everybody when it had no origins, now only the own one. */
function opensWithoutOrigins(context: FrameworkContext): boolean {
  const version = platformVersion(context, platform);
  return version !== undefined && isBefore(version, [2, 13]);
}

const platform: Platform = {
  word: /quarkus/i,
  // As its property says, or a line of Gradle that names an artifact or the plugin with its version.
  inText: [
    /quarkus\.?platform\.?version\s*[>=]\s*(\d+)\.(\d+)/i,
    /\bio\.quarkus(?:\.platform)?:quarkus-[\w-]+:(\d+)\.(\d+)/,
    /\bio\.quarkus["')\s]+version\s*\(?["'](\d+)\.(\d+)/,
  ],
  artifact: /^io\.quarkus(?:\.platform)?:quarkus-/,
};

function purposeOf(profile: string | undefined, path: string): Policy['purpose'] {
  const named = profile ?? /(?:^|\/)application-([\w-]+)\.\w+$/.exec(path)?.[1];
  return named !== undefined && isDevelopmentProfile(named) ? 'development' : 'application';
}
