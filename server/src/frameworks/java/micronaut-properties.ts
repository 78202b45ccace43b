/**
 * CORS settings of Micronaut in `application.yml`, `.properties`, `.toml` and `.json`. Switched on without origins it lets in
 * everybody, with cookies.
 *
 * https://docs.micronaut.io/latest/guide/#cors
 */
import type { TreeDocument, TreeEntry } from '../../syntax/trees/tree.ts';
import type { Edit } from '../../syntax/range.ts';
import type { Fact, Policy } from '../../policy/policy.ts';
import { misplaced, switchedOff } from '../../models/services/locked-out.ts';
import { servicePolicy } from '../../models/services/service-policy.ts';
import type { CorsService } from '../../models/services/cors-service.ts';
import { originSource } from '../../models/services/service-origins.ts';
import { defineFramework } from '../../models/framework.ts';
import type { FrameworkContext } from '../../models/framework.ts';
import {
  groupUnder,
  isDevelopmentProfile,
  lastNames,
  namesUnder,
  neighbouringSources,
  propertyFallback,
  propertySources,
  propertyText,
  spellings,
} from '../../models/services/property-settings.ts';
import type { PropertyGroup, PropertySource } from '../../models/services/property-settings.ts';
import { insertKey, unknownKeys } from '../../edits/tree-edits.ts';
import { isBefore } from './maven-versions.ts';
import { wholePattern } from './notation.ts';
import { platformVersion } from './platform-versions.ts';
import type { Platform } from './platform-versions.ts';

export const framework = defineFramework({
  id: 'micronaut-properties',
  title: 'Micronaut settings',
  documentation: 'https://docs.micronaut.io/latest/guide/#cors',
  reads: '`micronaut.server.cors` in `application.yml`, `.properties`, `.toml` and `.json`',
  mentions: ['cors'],
  shape: 'tree',
  formats: ['yaml', 'properties', 'toml', 'json'],
  read(document, context) {
    const sources = propertySources(document);
    const version = platformVersion(context, platform);
    const place = { document, purpose: purposeOf(document.path), service: serviceAt(version) };
    return {
      policies: sources.flatMap((source) => readSource(source, place)),
      facts: [...neverSwitchedOn(sources, document, context), ...sources.flatMap(outsideOfConfigurations)],
    };
  },
});

const prefix = 'micronaut.server.cors';
const names = [
  'allowed-origins',
  'allowed-origins-regex',
  'allowed-methods',
  'allowed-headers',
  'exposed-headers',
  'allow-credentials',
  'allow-private-network',
  'max-age',
];
const foreign: Readonly<Record<string, string>> = {
  origins: 'allowed-origins',
  origin: 'allowed-origins',
  allowedorigin: 'allowed-origins',
  alloworigins: 'allowed-origins',
  allowedoriginpatterns: 'allowed-origins-regex',
  allowedoriginregex: 'allowed-origins-regex',
  methods: 'allowed-methods',
  headers: 'allowed-headers',
  exposeheaders: 'exposed-headers',
  credentials: 'allow-credentials',
  allowedcredentials: 'allow-credentials',
};

/** `*` is a text like any other; up to version 3 a text that began with `^` was a pattern. */
const micronaut: CorsService = {
  framework: 'micronaut-properties',
  title: 'Micronaut',
  origin: (text) => (text.startsWith('^') ? 'unknown' : 'exact'),
  writeOriginAsPattern: originSource,
  pattern: wholePattern,
  placeholder: /\$\{/,
  open: 'reflect',
  credentials: 'setting',
  credentialsDefault: true,
  anyHeader: 'literal',
  strictPreflight: true,
  preflightStatus: { allowed: 200, refused: null },
  vary: 'allowed',
  refusesMethods: 403,
  listedMethods: 'as-asked',
  listedHeaders: 'as-asked',
  defaults: { methods: 'requested', headers: 'requested', maxAge: '1800' },
};

/** Where the version is known to be 4 or later, such a text is one, too. */
function serviceAt(version: readonly number[] | undefined): CorsService {
  return version === undefined || isBefore(version, [4]) ? micronaut : { ...micronaut, origin: () => 'exact' };
}

const platform: Platform = {
  word: /micronaut/i,
  inText: [
    /\bmicronaut\.?version\s*[>=]\s*["']?(\d+)\.(\d+)/i,
    /\bio\.micronaut\.platform:micronaut-\w+:(\d+)\.(\d+)/,
    /\bmicronaut\s*\{[^}]*?\bversion\b[\s(=]*["'](\d+)\.(\d+)/,
  ],
  artifact: /^io\.micronaut(?:\.platform)?:micronaut-(?:parent|platform|bom)$/,
};

/** Configurations in files of which none says whether CORS is on. */
function neverSwitchedOn(
  sources: readonly PropertySource[],
  document: TreeDocument,
  context: FrameworkContext,
): Fact[] {
  const cors = sources.map((source) => groupUnder(source, prefix)).find((group) => group !== undefined);
  const configured = cors?.all.find(({ name }) => name[0] === 'configurations' && name.length > 2);
  const saysWhetherOn = (source: PropertySource): boolean => groupUnder(source, prefix)?.get('enabled') !== undefined;
  if (cors === undefined || configured === undefined) return [];
  if ([...sources, ...neighbouringSources(context)].some(saysWhetherOn)) return [];
  return [
    switchedOff(configured.entry, 'Micronaut', `${prefix}.enabled is true`, () =>
      insertKey(document, cors.map, `${cors.keyPrefix}enabled`, document.format === 'properties' ? 'true' : true),
    ),
  ];
}

/** Settings of a configuration right beside the switch, where they count for nothing. */
function outsideOfConfigurations(source: PropertySource): Fact[] {
  const cors = groupUnder(source, prefix);
  return ['allowed-origins', 'allowed-origins-regex'].flatMap((name) => {
    const entry = cors?.get(name);
    return entry ? [misplaced(entry, `${prefix}.configurations, under a name: configurations.web.${name}`)] : [];
  });
}

function readSource(source: PropertySource, place: Place): Policy[] {
  if (propertyText(source, `${prefix}.enabled`)?.trim() !== 'true') return [];
  const cors = groupUnder(source, prefix)!;
  const configurations = namesUnder(source, `${prefix}.configurations`);
  if (configurations.length === 0) return [withoutConfigurations(cors, place)];
  return configurations.flatMap((name) => {
    const group = groupUnder(source, [...prefix.split('.'), 'configurations', name]);
    return group ? [readConfiguration(group, name, cors.get('enabled')!, place)] : [];
  });
}

interface Place {
  readonly document: TreeDocument;
  readonly purpose: Policy['purpose'];
  readonly service: CorsService;
}

/** `enabled: true` alone. */
function withoutConfigurations(cors: PropertyGroup, { document, purpose, service }: Place): Policy {
  const enabled = cors.get('enabled')!;
  const policy = servicePolicy({
    service,
    document,
    scope: 'the application',
    purpose,
    keys: {
      map: cors.map,
      openWithout: enabled,
      originsKey: '',
      origins: undefined,
      methods: undefined,
      allowedHeaders: undefined,
      exposedHeaders: undefined,
      maxAge: undefined,
    },
  });
  return {
    ...policy,
    edits: {
      allowOnly: (origins, placeholder): Edit[] => {
        if (cors.keyPrefix === '')
          return insertKey(document, cors.map, 'configurations', { web: { 'allowed-origins': origins } }, placeholder);
        return insertKey(
          document,
          cors.map,
          `${cors.keyPrefix}configurations.web.allowed-origins`,
          origins.join(','),
          placeholder,
        );
      },
    },
  };
}

function readConfiguration(
  group: PropertyGroup,
  name: string,
  enabled: TreeEntry,
  { document, purpose, service }: Place,
): Policy {
  const origins = group.get('allowed-origins');
  const patterns = group.get('allowed-origins-regex');
  const { map, keyPrefix, first } = group;
  const misspelt = unknownKeys(
    document,
    lastNames(group),
    names.flatMap(spellings),
    foreign,
    (suggestion) => origins === undefined && patterns === undefined && /origin/.test(suggestion),
  );
  return servicePolicy({
    service: {
      ...service,
      ...(document.format === 'properties' ? { commas: true } : { writePattern: (source: string) => source }),
    },
    document,
    scope: name === 'all' || name === 'default' ? 'the application' : `the configuration ${name}`,
    purpose,
    reference: propertyFallback,
    keys: {
      map,
      originsKey: `${keyPrefix}allowed-origins`,
      origins,
      patterns,
      credentials: group.get('allow-credentials'),
      credentialsKey: `${keyPrefix}allow-credentials`,
      methods: group.get('allowed-methods'),
      allowedHeaders: group.get('allowed-headers'),
      exposedHeaders: group.get('exposed-headers'),
      maxAge: group.get('max-age'),
      ...(origins === undefined &&
        patterns === undefined &&
        !map.open && { openWithout: group.all.length > 0 ? first : enabled }),
    },
    facts: misspelt,
  });
}

function purposeOf(path: string): Policy['purpose'] {
  const environment = /(?:^|\/)application-([\w-]+)\.\w+$/.exec(path)?.[1];
  return environment !== undefined && isDevelopmentProfile(environment) ? 'development' : 'application';
}
