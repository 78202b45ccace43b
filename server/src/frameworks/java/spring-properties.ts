/**
 * CORS settings of Spring Boot in `application.yml` and `application.properties`: actuator endpoints, GraphQL, and the
 * gateway. All of them end in Spring's own `CorsConfiguration`.
 *
 * https://docs.spring.io/spring-framework/docs/current/javadoc-api/org/springframework/web/cors/CorsConfiguration.html
 */
import type { TreeDocument, TreeEntry, TreeMap } from '../../syntax/trees/tree.ts';
import type { Fact, Policy } from '../../policy/policy.ts';
import { misplaced } from '../../models/services/locked-out.ts';
import { servicePolicy } from '../../models/services/service-policy.ts';
import { springCors, springRefusal } from '../../models/services/spring-cors.ts';
import { defineFramework } from '../../models/framework.ts';
import { oneByOne } from '../../models/in-steps.ts';
import {
  groupUnder,
  layeredGroup,
  isDevelopmentProfile,
  lastNames,
  namesUnder,
  propertyFallback,
  propertySources,
  propertyText,
  spellings,
} from '../../models/services/property-settings.ts';
import { withMissedRoutes } from './gateway-routes.ts';
import type { PropertyGroup, PropertySource } from '../../models/services/property-settings.ts';
import { isTrue, mapsOf, textNodesOf, textOf, unknownKeys, valueAt } from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'spring-properties',
  title: 'Spring Boot settings',
  documentation: 'https://docs.spring.io/spring-boot/reference/actuator/endpoints.html#actuator.endpoints.cors',
  reads:
    '`management.endpoints.web.cors`, `spring.graphql.cors`, `jhipster.cors` and `globalcors` of Spring Cloud Gateway ' +
    'in `application.yml` and `application.properties`',
  mentions: ['cors'],
  shape: 'tree',
  formats: ['yaml', 'properties'],
  *read(document) {
    const sources = propertySources(document);
    return {
      policies: yield* oneByOne(sources.entries(), ([index, source]) =>
        readSource(source, document, sources.slice(0, index)),
      ),
      facts: yield* oneByOne(sources, wrongPrefixes),
    };
  },
});

/** The gateway had its first prefix up to 2024; both are read. */
const gateways = ['spring.cloud.gateway', 'spring.cloud.gateway.server.webflux', 'spring.cloud.gateway.server.webmvc'];
const names = [
  'allowed-origins',
  'allowed-origin-patterns',
  'allowed-methods',
  'allowed-headers',
  'exposed-headers',
  'allow-credentials',
  'max-age',
  'allow-private-network',
];
const foreign: Readonly<Record<string, string>> = {
  origins: 'allowed-origins',
  origin: 'allowed-origins',
  alloworigins: 'allowed-origins',
  allowedorigin: 'allowed-origins',
  alloworigin: 'allowed-origins',
  originpatterns: 'allowed-origin-patterns',
  allowedoriginspatterns: 'allowed-origin-patterns',
  methods: 'allowed-methods',
  allowmethods: 'allowed-methods',
  headers: 'allowed-headers',
  allowheaders: 'allowed-headers',
  exposeheaders: 'exposed-headers',
  allowedcredentials: 'allow-credentials',
  credentials: 'allow-credentials',
};
/** Prefixes that are taken for those of the settings, by what reads them instead. */
const ownCode = 'a CorsConfigurationSource or a WebMvcConfigurer';
const misread: readonly (readonly [prefix: string, belongs: string, unlessRead?: true])[] = [
  ['management.cors', 'management.endpoints.web.cors'],
  ['management.endpoints.cors', 'management.endpoints.web.cors'],
  ['management.endpoint.web.cors', 'management.endpoints.web.cors'],
  ['management.server.cors', 'management.endpoints.web.cors'],
  ['spring.graphql.http.cors', 'spring.graphql.cors'],
  ...gateways.flatMap((gateway): [string, string][] => [
    [`${gateway}.cors`, `${gateway}.globalcors.cors-configurations, under the path "[/**]"`],
    [`${gateway}.globalcors`, `${gateway}.globalcors.cors-configurations, under the path "[/**]"`],
    [`${gateway}.globalcors.cors-configurations`, 'a path of these configurations, "[/**]" for all'],
  ]),
  ...['spring.mvc', 'spring.web', 'spring.webflux', 'spring', 'spring.security', 'server', 'server.servlet'].map(
    (before): [string, string, true] => [`${before}.cors`, ownCode, true],
  ),
];

/** Lists of origins under a name that is near to the right one, and that nobody reads. */
function wrongPrefixes(source: PropertySource): Fact[] {
  return misread.flatMap(([prefix, belongs, unlessRead]) => {
    const group = groupUnder(source, prefix);
    const found = group?.get('allowed-origins') ?? group?.get('allowed-origin-patterns');
    if (found === undefined || found.value.kind === 'map') return [];
    const fact = misplaced({ ...found, key: unlessRead ? prefix : found.key }, belongs);
    return [{ ...fact, ...(unlessRead && { unlessRead }) } as Fact];
  });
}

/** `earlier`: the documents of the same file before this one. */
function readSource(source: PropertySource, document: TreeDocument, earlier: readonly PropertySource[]): Policy[] {
  // What a profile does not say is as the documents for every profile have it.
  const below = profilesOf(source) === undefined ? [] : earlier.filter((one) => profilesOf(one) === undefined);
  const purpose = purposeOf(source, document.path);
  const fixed = [
    { prefix: 'management.endpoints.web.cors', title: 'Spring Boot Actuator', scope: 'the actuator endpoints' },
    { prefix: 'spring.graphql.cors', title: 'Spring for GraphQL', scope: 'the GraphQL endpoint' },
    { prefix: 'jhipster.cors', title: 'JHipster', scope: 'the API and the management endpoints' },
  ];
  const policies = fixed.flatMap(({ prefix, title, scope }) => {
    const group = layeredGroup(source, below, prefix);
    return group ? [readGroup(group, { title, scope, purpose, document })] : [];
  });
  for (const gateway of gateways) {
    const configurations = `${gateway}.globalcors.cors-configurations`;
    for (const path of namesUnder(source, configurations)) {
      const group = layeredGroup(source, below, [...configurations.split('.'), path]);
      const scope = path.replace(/^\[|\]$/g, '');
      const global = group && readGroup(group, { title: 'Spring Cloud Gateway', scope, purpose, document });
      if (global) policies.push(withMissedRoutes(global, scope, source, gateway));
    }
    policies.push(...routePolicies(source, gateway, purpose, document));
  }
  return policies;
}

/** `metadata.cors` of single routes. */
function routePolicies(
  source: PropertySource,
  gateway: string,
  purpose: Policy['purpose'],
  document: TreeDocument,
): Policy[] {
  const routes = groupUnder(source, gateway)?.get('routes')?.value;
  return mapsOf(routes).flatMap((route) => {
    const cors = valueAt(route, 'metadata', 'cors');
    const group = cors?.kind === 'map' ? groupOf(cors) : undefined;
    return group
      ? [
          readGroup(group, {
            title: 'Spring Cloud Gateway',
            scope: `the route ${textOf(valueAt(route, 'id')) ?? ''}`.trim(),
            purpose,
            document,
          }),
        ]
      : [];
  });
}

function groupOf(map: TreeMap): PropertyGroup | undefined {
  return groupUnder({ entries: map.entries.map((entry) => ({ name: ['cors', entry.key], entry })) }, ['cors']);
}

interface Place {
  readonly title: string;
  readonly scope: string;
  readonly purpose: Policy['purpose'];
  readonly document: TreeDocument;
}

function readGroup(group: PropertyGroup, { title, scope, purpose, document }: Place): Policy {
  const { map, keyPrefix, first } = group;
  const origins = group.get('allowed-origins');
  const patterns = group.get('allowed-origin-patterns');
  const credentials = group.get('allow-credentials');
  const refused =
    textNodesOf(origins?.value).some(({ value }) => value.split(',').some((text) => text.trim() === '*')) &&
    credentials !== undefined &&
    (isTrue(credentials.value) || textOf(credentials.value)?.trim().toLowerCase() === 'true');
  const misspelt = unknownKeys(document, lastNames(group), names.flatMap(spellings), foreign);
  const forgotten =
    origins === undefined &&
    patterns === undefined &&
    !map.open &&
    !misspelt.some((fact) => fact.kind === 'unknown-option' && /origin/.test(fact.suggestion ?? ''));
  return servicePolicy({
    service: { ...springCors, title },
    document,
    scope,
    purpose,
    reference: propertyFallback,
    keys: {
      map,
      originsKey: `${keyPrefix}allowed-origins`,
      origins,
      patterns,
      credentials,
      methods: group.get('allowed-methods'),
      allowedHeaders: group.get('allowed-headers'),
      exposedHeaders: group.get('exposed-headers'),
      maxAge: secondsOf(group.get('max-age')),
    },
    facts: [
      ...misspelt,
      ...(forgotten
        ? [
            {
              kind: 'no-origin-configured' as const,
              range: first.keyRange,
              set: group.all.map(({ name }) => name.join('.')),
              why: 'CORS stays off until allowed-origins or allowed-origin-patterns is set.',
            },
          ]
        : []),
    ],
    // The actuator does not even start; the others answer with an error.
    ...(refused && { refusesToStart: springRefusal, failsWith: 500 }),
  });
}

/** `30m` and `1h` are durations of their own form; what is read here are seconds. */
function secondsOf(entry: TreeEntry | undefined): TreeEntry | undefined {
  return entry?.value.kind === 'scalar' && /^\d+$/.test(String(entry.value.value)) ? entry : undefined;
}

/** The profiles for which alone a document counts. */
function profilesOf(source: PropertySource): string | undefined {
  return propertyText(source, 'spring.config.activate.on-profile') ?? propertyText(source, 'spring.profiles');
}

/** A file or a document of it that is for one profile only. */
function purposeOf(source: PropertySource, path: string): Policy['purpose'] {
  const profiles = profilesOf(source) ?? /(?:^|\/)(?:application|bootstrap)-([\w-]+)\.\w+$/.exec(path)?.[1];
  return profiles !== undefined &&
    profiles
      .split(/[\s,|&()]+/)
      .filter((name) => name !== '')
      .every(isDevelopmentProfile)
    ? 'development'
    : 'application';
}
