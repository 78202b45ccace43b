/** Envoy: the CORS filter's settings for a virtual host or a route, current and deprecated, wherever Envoy's configuration stands. */
import type { SourceRange } from '../../syntax/range.ts';
import type { TreeDocument, TreeEntry, TreeMap, TreeNode } from '../../syntax/trees/tree.ts';
import type { Fact, OriginEntry, Policy } from '../../policy/policy.ts';
import { defineFramework } from '../../models/framework.ts';
import {
  answersEveryPreflight,
  envoyCors,
  fullMatch,
  matcherEntries,
  matcherPlace,
} from '../../models/gateways/envoy-cors.ts';
import { gatewayPolicy } from '../../models/gateways/gateway-policy.ts';
import { originEntries } from '../../models/gateways/gateway-origins.ts';
import type { GatewayCors } from '../../models/gateways/gateway-cors.ts';
import { requestHeaderFacts } from '../../models/gateways/gateway-request-headers.ts';
import { mapsWhere } from '../../models/gateways/kubernetes-objects.ts';
import { withFilterOrder } from './envoy-filters.ts';
import { withMissedRoutes } from './envoy-routes.ts';
import { nestedHeadersPolicy } from '../../models/static/proxied-headers.ts';
import type { PlaceReader, SettingPlace } from '../../models/gateways/setting-places.ts';
import {
  commaPlace,
  insertSetting,
  knownText,
  listPlace,
  patternPlace,
  placeOf,
  scalarPlace,
} from '../../models/gateways/setting-places.ts';
import { entryOf, textOf, unknownKeys, valueAt } from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'envoy',
  title: 'Envoy',
  documentation: 'https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/cors_filter',
  reads:
    '`CorsPolicy` of virtual hosts and routes (`allow_origin_string_match`, `allow_credentials`, `filter_enabled` ' +
    '…), the deprecated `cors` with `allow_origin` too; `response_headers_to_add`; also in EnvoyFilter objects',
  mentions: ['allow_origin', 'alloworigin', 'envoy.filters.http.cors', 'access-control-'],
  shape: 'tree',
  formats: ['yaml', 'json'],
  read(document) {
    const written = mapsWhere(document, (map) => listKey(map) !== undefined).flatMap(
      (map) =>
        nestedHeadersPolicy(valueAt(map, listKey(map)!), {
          framework: 'envoy',
          title: 'Envoy',
          document,
          scope: scopeOf(map),
        }) ?? [],
    );
    return {
      policies: [
        ...mapsWhere(document, isCorsPolicy).flatMap((map) =>
          readPolicy(document, map)
            .map(withMissedRoutes(map))
            .map((policy) => withFilterOrder(map, policy)),
        ),
        ...written,
      ],
      facts: mapsWhere(document, (map) => requestKey(map) !== undefined).flatMap((map) =>
        requestHeaderFacts(
          [valueAt(map, requestKey(map)!)],
          { by: requestKey(map)!, instead: 'response_headers_to_add or the CORS filter' },
          map,
        ),
      ),
    };
  },
});

function requestKey(map: TreeMap): string | undefined {
  return ['request_headers_to_add', 'requestHeadersToAdd'].find((key) => entryOf(map, key) !== undefined);
}

const gateway: GatewayCors = { ...envoyCors, framework: 'envoy', title: 'Envoy' };
const snakeCase = [
  'allow_origin_string_match',
  'allow_origin',
  'allow_origin_regex',
  'allow_methods',
  'allow_headers',
  'expose_headers',
  'max_age',
  'allow_credentials',
  'filter_enabled',
  'shadow_enabled',
  'enabled',
  'allow_private_network_access',
  'forward_not_matching_preflights',
];
const foreign: Readonly<Record<string, string>> = {
  alloworigins: 'allow_origin_string_match',
  allowedorigins: 'allow_origin_string_match',
  exposedheaders: 'expose_headers',
  allowedmethods: 'allow_methods',
  allowedheaders: 'allow_headers',
};
const camel = (name: string): string => name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

function listKey(map: TreeMap): string | undefined {
  return ['response_headers_to_add', 'responseHeadersToAdd'].find((key) => entryOf(map, key) !== undefined);
}

/** By its type, by the key that only it has, or by the key that holds it beside other settings of a route. */
function isCorsPolicy(map: TreeMap): boolean {
  if (/\.CorsPolicy$/.test(textOf(valueAt(map, '@type')) ?? '')) return true;
  if (entryOf(map, 'allow_origin_string_match') ?? entryOf(map, 'allowOriginStringMatch')) return true;
  const { parent } = map;
  const inCors = parent?.kind === 'map' && parent.entries.some(({ key, value }) => key === 'cors' && value === map);
  const isEnvoy =
    parent?.kind === 'map' &&
    ['cluster', 'weighted_clusters', 'domains', 'routes', 'cluster_header'].some(
      (key) => entryOf(parent, key) !== undefined,
    );
  return (
    inCors &&
    isEnvoy &&
    ['allow_origin', 'allow_origin_regex', 'allowOrigin'].some((key) => entryOf(map, key) !== undefined)
  );
}

function readPolicy(document: TreeDocument, map: TreeMap): Policy[] {
  if (isOff(map)) return [];
  const maps = [map, ...outerPolicies(map)];
  const place = (name: string, read: PlaceReader): SettingPlace | undefined =>
    maps.map((one) => placeOf(document, one, [name, camel(name)], read)).find((found) => found !== undefined);
  const own = originsOf(document, map);
  const { entries, matchers, exact, patterns } =
    maps.map((one) => originsOf(document, one)).find((found) => found.entries.length > 0) ?? own;
  const range = rangeOf(map, own);
  const misspelt = unknownKeys(
    document,
    map,
    [...snakeCase, ...snakeCase.map(camel), '@type'],
    foreign,
    undefined,
    true,
  );
  const answersAll = knownText(place('forward_not_matching_preflights', scalarPlace)) === 'false';
  return [
    gatewayPolicy({
      gateway: answersAll ? { ...gateway, ...answersEveryPreflight } : gateway,
      range,
      scope: scopeOf(map),
      entries,
      origins: matchers ? matcherPlace(document, matchers) : (exact ?? patterns),
      credentials: ownCredentials(document, map) ?? takenBack(document, map, place('allow_credentials', scalarPlace)),
      methods: place('allow_methods', commaPlace),
      allowedHeaders: place('allow_headers', commaPlace),
      exposedHeaders: place('expose_headers', commaPlace),
      maxAge: place('max_age', scalarPlace),
      privateNetwork: place('allow_private_network_access', scalarPlace),
      facts: entries.length > 0 || misspelt.length > 0 ? misspelt : missingOrigins(document, map, range),
      insertOrigins: (allowed, placeholder) =>
        insertSetting(
          document,
          map,
          'allow_origin_string_match',
          allowed.map((origin) => ({ exact: origin })),
          placeholder,
        ),
    }),
  ];
}

/** The key of the origins, or else of the first setting. */
function rangeOf(map: TreeMap, { matchers }: Origins): SourceRange {
  const entry =
    matchers ?? map.entries.find(({ key }) => /origin/i.test(key)) ?? map.entries.find(({ key }) => key !== '@type');
  return entry?.keyRange ?? map.range;
}

function ownCredentials(document: TreeDocument, map: TreeMap): SettingPlace | undefined {
  return placeOf(document, map, ['allow_credentials', 'allowCredentials'], scalarPlace);
}

/** What the virtual host allows, the route takes back for itself. */
function takenBack(
  document: TreeDocument,
  map: TreeMap,
  credentials: SettingPlace | undefined,
): SettingPlace | undefined {
  return credentials && { ...credentials, remove: () => insertSetting(document, map, 'allow_credentials', false) };
}

function missingOrigins(document: TreeDocument, map: TreeMap, range: SourceRange): Fact[] {
  const set = map.entries.filter(({ key }) => key.startsWith('allow')).map(({ key }) => key);
  return set.length === 0 || map.open || isDefaultOfOthers(document, map)
    ? []
    : [{ kind: 'no-origin-configured', range, set, why: 'Without a matcher for origins Envoy lets nobody in.' }];
}

/** Whether the policy of a route takes from here what it leaves out. */
function isDefaultOfOthers(document: TreeDocument, map: TreeMap): boolean {
  return mapsWhere(document, (one) => one !== map && isCorsPolicy(one) && outerPolicies(one).includes(map)).length > 0;
}

interface Origins {
  readonly entries: readonly OriginEntry[];
  readonly matchers: TreeEntry | undefined;
  readonly exact: SettingPlace | undefined;
  readonly patterns: SettingPlace | undefined;
}

function originsOf(document: TreeDocument, map: TreeMap): Origins {
  const place = (name: string): SettingPlace | undefined => placeOf(document, map, [name, camel(name)], listPlace);
  const matchers = entryOf(map, 'allow_origin_string_match') ?? entryOf(map, 'allowOriginStringMatch');
  const exact = place('allow_origin');
  const patterns = patternPlace(place('allow_origin_regex'), 'full');
  return {
    matchers,
    exact,
    patterns,
    entries: [
      ...(matchers ? matcherEntries(document, matchers.value) : []),
      ...originEntries(exact?.texts ?? [], (text) => (text === '*' ? 'any' : 'exact')),
      ...originEntries(patterns?.texts ?? [], (source) => ({ regex: fullMatch(source) })),
    ],
  };
}

/** The policies around: a setting that a route leaves out is that of its virtual host, and else that of the whole configuration. */
function outerPolicies(map: TreeMap): TreeMap[] {
  const key = map.parent?.kind === 'map' ? map.parent.entries.find(({ value }) => value === map)?.key : undefined;
  const typed = key !== 'cors';
  const owner = typed ? map.parent?.parent : map.parent;
  const found: TreeMap[] = [];
  for (let node = owner?.parent; key !== undefined && node !== undefined; node = node.parent) {
    const outer = typed
      ? (valueAt(node, 'typed_per_filter_config', key) ?? valueAt(node, 'typedPerFilterConfig', key))
      : valueAt(node, 'cors');
    if (outer?.kind === 'map' && outer !== map) found.push(outer);
  }
  return found;
}

/** Switched off for every request; a share of them counts as on. */
function isOff(map: TreeMap): boolean {
  const enabled = valueAt(map, 'enabled') ?? valueAt(map, 'enabled', 'value');
  const share = valueAt(map, 'filter_enabled', 'default_value') ?? valueAt(map, 'filterEnabled', 'defaultValue');
  const numerator = valueAt(share, 'numerator');
  const none =
    share !== undefined && (numerator === undefined || (numerator.kind === 'scalar' && Number(numerator.value) === 0));
  return none || (enabled?.kind === 'scalar' && enabled.value === false);
}

/** `route /api`, `virtual host shop`. */
function scopeOf(map: TreeMap): string {
  for (let node: TreeNode | undefined = map; node !== undefined; node = node.parent) {
    const match = valueAt(node, 'match');
    const path =
      textOf(valueAt(match, 'prefix')) ??
      textOf(valueAt(match, 'path')) ??
      textOf(valueAt(match, 'path_separated_prefix'));
    if (path !== undefined) return `route ${path}`;
    if (entryOf(node, 'domains')) return `virtual host ${textOf(valueAt(node, 'name')) ?? ''}`.trim();
  }
  return 'every route of the filter';
}
