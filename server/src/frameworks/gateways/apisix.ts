/** Apache APISIX: the cors plugin, in `apisix.yaml`, in objects of its ingress controller, and in annotations. */
import type { TreeDocument, TreeEntry, TreeMap } from '../../syntax/trees/tree.ts';
import type { Fact, OriginEntry, Policy } from '../../policy/policy.ts';
import { always, unknown } from '../../policy/request-test.ts';
import { defineFramework } from '../../models/framework.ts';
import { gatewayPolicy } from '../../models/gateways/gateway-policy.ts';
import { openByDefault, originEntries } from '../../models/gateways/gateway-origins.ts';
import type { GatewayCors } from '../../models/gateways/gateway-cors.ts';
import { missedRoute, missedRule } from './apisix-routes.ts';
import { withMissed } from '../../models/gateways/missed-routes.ts';
import { foreignNames } from '../../models/gateways/gateway-map.ts';
import type { GatewayNames } from '../../models/gateways/gateway-map.ts';
import { requestHeaderFacts } from '../../models/gateways/gateway-request-headers.ts';
import {
  annotationMaps,
  kubernetesObjects,
  mapsWhere,
  mayHaveMore,
  objectScope,
  ownerOf,
} from '../../models/gateways/kubernetes-objects.ts';
import type { SettingPlace } from '../../models/gateways/setting-places.ts';
import {
  commaPlace,
  insertSetting,
  knownText,
  listPlace,
  patternPlace,
  placeOf,
  scalarPlace,
  untrimmedPlace,
} from '../../models/gateways/setting-places.ts';
import { entryOf, mapsOf, replaceValue, textOf, unknownKeys, valueAt } from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'apisix',
  title: 'Apache APISIX',
  documentation: 'https://apisix.apache.org/docs/apisix/plugins/cors/',
  reads:
    'the `cors` plugin of routes, services and rules (`allow_origins`, `**`, `allow_origins_by_regex`, ' +
    '`allow_credential` …), ApisixRoute and its relatives, annotations `k8s.apisix.apache.org/enable-cors`',
  mentions: ['apisix', 'allow_origin', 'allow_credential', '#end'],
  shape: 'tree',
  formats: ['yaml', 'json'],
  read(document) {
    return {
      policies: [...declared(document), ...objects(document), ...annotations(document)],
      facts: mapsWhere(document, (map) => entryOf(map, 'proxy-rewrite') !== undefined).flatMap((plugins) => {
        const headers = valueAt(plugins, 'proxy-rewrite', 'headers');
        return requestHeaderFacts(
          [headers, valueAt(headers, 'set'), valueAt(headers, 'add')],
          { by: 'proxy-rewrite', instead: 'the cors plugin' },
          plugins,
        );
      }),
    };
  },
});

const gateway: GatewayCors = {
  framework: 'apisix',
  title: 'APISIX',
  open: 'literal',
  openToAll: true,
  credentialsFor: 'allowed',
  vary: 'upstream',
  preflightHeaders: 'every',
  reflectsNames: false,
  defaults: { credentials: false, methods: '*', allowedHeaders: '*', maxAge: '5' },
  preflightStatus: { allowed: 200, refused: 200 },
};
const names: GatewayNames = {
  origins: 'allow_origins',
  credentials: 'allow_credential',
  methods: 'allow_methods',
  allowedHeaders: 'allow_headers',
  exposedHeaders: 'expose_headers',
  maxAge: 'max_age',
};
const others = [
  'allow_origins_by_regex',
  'allow_origins_by_metadata',
  'timing_allow_origins',
  'timing_allow_origins_by_regex',
  '_meta',
];
/** What `**` stands for. */
const allMethods = 'GET,POST,PUT,DELETE,PATCH,HEAD,OPTIONS,CONNECT,TRACE';
/** Its own words, when the plugin is refused. */
const refusal = "you can not set '*' for other option when 'allow_credential' is true.";

/** `plugins: { cors: {…} }` beside what only APISIX has. */
function declared(document: TreeDocument): Policy[] {
  if (!/apisix|#END|upstream|_format_version|"?uri"?:/i.test(document.path + document.text)) return [];
  return mapsWhere(document, (map) => entryOf(map, 'plugins')?.value.kind === 'map').flatMap((owner) => {
    const entry = entryOf(valueAt(owner, 'plugins'), 'cors');
    const known = entry?.value.kind === 'map' && entry.value.entries.every(({ key }) => isOwn(key));
    const scope = scopeOf(owner);
    const missed = entry && known ? missedRoute(owner, entry.keyRange, scope) : [];
    return entry && known ? readPlugin(document, entry, entry.value as TreeMap, scope).map(withMissed(missed)) : [];
  });
}

function isOwn(key: string): boolean {
  return ([...Object.values(names), ...others] as string[]).includes(key) || /^(allow|expose|max)/.test(key);
}

/** `plugins: [{ name: cors, enable: true, config: {…} }]` */
function objects(document: TreeDocument): Policy[] {
  return kubernetesObjects(
    document,
    ['ApisixRoute', 'ApisixPluginConfig', 'ApisixGlobalRule', 'ApisixConsumer', 'PluginConfig'],
    'apisix.apache.org',
  ).flatMap((object) => {
    const rules = mapsOf(valueAt(object.spec, 'http'));
    const lists = [valueAt(object.spec, 'plugins'), ...rules.map((rule) => valueAt(rule, 'plugins'))];
    return lists
      .flatMap(mapsOf)
      .filter(
        (plugin) =>
          textOf(valueAt(plugin, 'name')) === 'cors' &&
          knownText(placeOf(document, plugin, 'enable', scalarPlace)) !== 'false',
      )
      .flatMap((plugin) => {
        const config = entryOf(plugin, 'config');
        const entry = config ?? entryOf(plugin, 'name')!;
        return (config && config.value.kind !== 'map') || entryOf(plugin, 'secretRef')
          ? []
          : readPlugin(
              document,
              entry,
              config?.value.kind === 'map' ? config.value : undefined,
              objectScope(object),
              plugin,
            ).map(withMissed(missedRule(plugin, rules, objectScope(object))));
      });
  });
}

function readPlugin(
  document: TreeDocument,
  entry: TreeEntry,
  map: TreeMap | undefined,
  scope: string,
  plugin?: TreeMap,
): Policy[] {
  const of = (name: string, read = commaPlace): SettingPlace | undefined => placeOf(document, map, name, read);
  const origins = of(names.origins, untrimmedPlace);
  const patterns = patternPlace(of('allow_origins_by_regex', listPlace), 'search');
  const entries = entriesOf(entry, map, origins, patterns);
  const isOpen = map?.open && entries.some(({ byDefault }) => byDefault);
  // `**` stands for a list of all methods, and for the headers that are asked for.
  const everyMethod = knownText(of(names.methods)) === '**';
  const everyHeader = knownText(of(names.allowedHeaders)) === '**';
  return [
    gatewayPolicy({
      gateway: {
        ...gateway,
        open: knownText(origins) === '**' ? 'reflect' : 'literal',
        // It sends Vary wherever its own list of origins is not `*`, which it is where patterns stand alone.
        vary: (knownText(origins) ?? '*') === '*' ? 'upstream' : 'always',
        defaults: {
          ...gateway.defaults,
          ...(everyMethod && { methods: allMethods }),
          ...(everyHeader && { allowedHeaders: 'reflect' }),
        },
      },
      range: entry.keyRange,
      scope,
      entries,
      origins: patterns ?? origins,
      credentials: of(names.credentials, scalarPlace),
      methods: everyMethod ? undefined : of(names.methods),
      allowedHeaders: everyHeader ? undefined : of(names.allowedHeaders),
      exposedHeaders: of(names.exposedHeaders),
      maxAge: of(names.maxAge, scalarPlace),
      onlyWhen: isOpen ? unknown() : always,
      facts: misspelt(document, map),
      refusesToStart: isRefused(document, map) ? refusal : undefined,
      insertOrigins: (allowed, placeholder) => {
        const value = allowed.join(',');
        if (map && map.entries.length > 0) return insertSetting(document, map, names.origins, value, placeholder);
        return map
          ? replaceValue(document, map, { [names.origins]: value }, placeholder)
          : insertSetting(document, plugin, 'config', { [names.origins]: value }, placeholder);
      },
    }),
  ];
}

/** Where patterns are set, only what they match is let in. */
function entriesOf(
  { keyRange }: TreeEntry,
  map: TreeMap | undefined,
  origins: SettingPlace | undefined,
  patterns: SettingPlace | undefined,
): OriginEntry[] {
  if (patterns)
    return originEntries(patterns.texts, (source) => ({
      regex: { source, flags: '', dialect: 'pcre', mode: 'search' },
    }));
  if (entryOf(map, 'allow_origins_by_metadata')) return [{ range: keyRange, kind: 'unknown', accepts: unknown() }];
  const listed = originEntries(origins?.texts ?? [], (text) => (text === '*' || text === '**' ? 'any' : 'exact'));
  return listed.length > 0 ? listed : [openByDefault(keyRange)];
}

/** Beside credentials nothing may be `*`, and most settings are where they are not written. */
function isRefused(document: TreeDocument, map: TreeMap | undefined): boolean {
  const of = (name: string): SettingPlace | undefined => placeOf(document, map, name, commaPlace);
  if (knownText(placeOf(document, map, names.credentials, scalarPlace)) !== 'true' || map?.open) return false;
  const isStar = (name: string): boolean => (knownText(of(name)) ?? '*') === '*' && of(name)?.texts[0]?.open !== true;
  return (
    [names.origins, names.methods, names.allowedHeaders].some(isStar) || knownText(of(names.exposedHeaders)) === '*'
  );
}

function misspelt(document: TreeDocument, map: TreeMap | undefined): Fact[] {
  const known = [...Object.values(names), ...others];
  return map
    ? unknownKeys(document, map, known, foreignNames(names), (suggestion) => suggestion === names.origins)
    : [];
}

/** Annotations know no credentials; everybody is let in without a list. */
function annotations(document: TreeDocument): Policy[] {
  const prefix = 'k8s.apisix.apache.org/';
  return annotationMaps(document, [prefix], 'enable-cors').flatMap(({ map, entry }) => {
    const enabled = knownText(scalarPlace(document, entry));
    if (enabled !== 'true') return [];
    const origins = placeOf(document, map, `${prefix}cors-allow-origin`, commaPlace);
    return [
      gatewayPolicy({
        gateway,
        range: entry.keyRange,
        scope: ownerOf(map) ?? 'the Ingress',
        origins,
        entries: origins
          ? originEntries(origins.texts, (text) => (text === '*' ? 'any' : 'exact'))
          : [openByDefault(entry.keyRange)],
        methods: placeOf(document, map, `${prefix}cors-allow-methods`, commaPlace),
        allowedHeaders: placeOf(document, map, `${prefix}cors-allow-headers`, commaPlace),
        onlyWhen: mayHaveMore(map) && !origins ? unknown() : always,
        insertOrigins: (allowed, placeholder) =>
          insertSetting(document, map, `${prefix}cors-allow-origin`, allowed.join(','), placeholder),
      }),
    ];
  });
}

function scopeOf(owner: TreeMap): string {
  const uri = textOf(valueAt(owner, 'uri'));
  return uri !== undefined
    ? `route ${uri}`
    : (textOf(valueAt(owner, 'name')) ?? textOf(valueAt(owner, 'id')) ?? 'every route');
}
