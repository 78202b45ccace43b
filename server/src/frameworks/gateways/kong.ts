/** Kong: the cors plugin, in declarative configuration and as an object of Kubernetes. */
import type { Edit, SourceRange } from '../../syntax/range.ts';
import type { TreeDocument, TreeEntry, TreeMap, TreeNode } from '../../syntax/trees/tree.ts';
import type { Fact, OriginEntry, Policy } from '../../policy/policy.ts';
import type { Pattern } from '../../policy/request-test.ts';
import { originEquals } from '../../policy/request-test.ts';
import { inspectOrigin } from '../../policy/serialised-origin.ts';
import type { FrameworkContext } from '../../models/framework.ts';
import { defineFramework } from '../../models/framework.ts';
import { gatewayPolicy } from '../../models/gateways/gateway-policy.ts';
import { appendedHeaders, transformedHeaders } from './kong-appended.ts';
import { asksPreflights, missedRoutes } from './kong-routes.ts';
import { openByDefault, originEntry } from '../../models/gateways/gateway-origins.ts';
import type { GatewayCors } from '../../models/gateways/gateway-cors.ts';
import { foreignNames } from '../../models/gateways/gateway-map.ts';
import type { GatewayNames } from '../../models/gateways/gateway-map.ts';
import { withoutPreflights, withMissed } from '../../models/gateways/missed-routes.ts';
import { readTerraform } from '../../models/services/terraform-resources.ts';
import { requestHeaderFacts } from '../../models/gateways/gateway-request-headers.ts';
import { kubernetesObjects, mapsWhere, objectScope } from '../../models/gateways/kubernetes-objects.ts';
import type { PlacedText, SettingPlace } from '../../models/gateways/setting-places.ts';
import { insertSetting, knownText, listPlace, placeOf, scalarPlace } from '../../models/gateways/setting-places.ts';
import type { PlainValue } from '../../edits/tree-edits.ts';
import {
  entryOf,
  isPlaceholder,
  removeItem,
  replaceValue,
  textNodesOf,
  textOf,
  unknownKeys,
  valueAt,
} from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'kong',
  title: 'Kong',
  documentation: 'https://developer.konghq.com/plugins/cors/',
  reads:
    'the `cors` plugin of `kong.yml` (global, of a service, route or consumer) and of KongPlugin and ' +
    "KongClusterPlugin, Terraform's `konnect_gateway_plugin_cors`, `kong-gateway_plugin_cors` and `kong_plugin`: " +
    '`origins` with patterns, `credentials` …',
  mentions: ['_format_version', 'kongplugin', 'kongclusterplugin', 'plugin_cors', 'kong_plugin'],
  shape: 'tree',
  formats: ['yaml', 'json', 'hcl'],
  read(document, context) {
    const declared =
      document.roots.filter((root) => entryOf(root, '_format_version')).length > 0
        ? mapsWhere(document, (map) => textOf(valueAt(map, 'name')) === 'cors' && inPlugins(map)).flatMap((map) =>
            readPlugin(document, {
              map,
              nameRange: valueAt(map, 'name')!.range,
              scope: scopeOf(map),
              key: 'config',
              facts: asksPreflights(map),
            }).map(withMissed(missedRoutes(map))),
          )
        : [];
    const objects = kubernetesObjects(document, ['KongPlugin', 'KongClusterPlugin'], 'configuration.konghq.com').filter(
      (object) => textOf(valueAt(object.map, 'plugin')) === 'cors',
    );
    return {
      policies: [
        ...declared,
        ...objects.flatMap((object) =>
          readPlugin(document, {
            map: object.map,
            nameRange: valueAt(object.map, 'plugin')!.range,
            scope: objectScope(object),
            key: 'config',
          }),
        ),
        ...resources(document, context),
        ...transformedHeaders(document, transformerScope),
      ],
      facts: [
        ...(declared.length > 0 ? appendedHeaders(document) : []),
        ...mapsWhere(document, isRequestTransformer).flatMap((plugin) =>
          requestHeaderFacts(
            ['add', 'append', 'replace'].map((how) => valueAt(plugin, 'config', how, 'headers')),
            { by: 'request-transformer', instead: 'the cors plugin' },
            plugin,
          ),
        ),
      ],
    };
  },
});

/** In declarative configuration and in objects of Kubernetes. */
function isRequestTransformer(map: TreeMap): boolean {
  return ['name', 'plugin'].some((key) => /^request-transformer(-advanced)?$/.test(textOf(valueAt(map, key)) ?? ''));
}

/** `*` is sent to everybody, unless credentials are on: then the caller's own origin is. */
const gateway: GatewayCors = {
  framework: 'kong',
  title: 'Kong',
  open: 'reflect-with-credentials',
  openToAll: true,
  credentialsFor: 'everybody',
  vary: 'unless-open',
  preflightHeaders: 'preflight',
  reflectsNames: false,
  singleAsIs: true,
  defaults: {
    credentials: false,
    methods: 'GET,HEAD,PUT,PATCH,POST,DELETE,OPTIONS,TRACE,CONNECT',
    allowedHeaders: 'reflect',
  },
  preflightStatus: { allowed: 200, refused: 200 },
};
const names: GatewayNames = {
  origins: 'origins',
  credentials: 'credentials',
  methods: 'methods',
  allowedHeaders: 'headers',
  exposedHeaders: 'exposed_headers',
  maxAge: 'max_age',
  privateNetwork: 'private_network',
};
const others = ['preflight_continue', 'allow_origin_absent'];

/** A plugin whose settings stand under `config`, or under another key. */
interface Plugin {
  readonly map: TreeMap;
  readonly nameRange: SourceRange;
  readonly scope: string;
  readonly key: 'config' | 'config_json';
  /** Of the routes that have the plugin. */
  readonly facts?: readonly Fact[];
}

function readPlugin(document: TreeDocument, plugin: Plugin): Policy[] {
  const config = entryOf(plugin.map, plugin.key);
  const map = config?.value.kind === 'map' ? config.value : undefined;
  if (isOff(plugin.map) || hasMore(plugin.map, config, map)) return [];
  const of = (name: string, read = listPlace): SettingPlace | undefined => placeOf(document, map, name, read);
  const origins = of(names.origins);
  const texts = origins?.texts ?? [];
  const rejected = [...rejectedOrigins(document, map), ...rejectedMethods(document, map)];
  const [first] = rejected;
  const misspelt = map
    ? unknownKeys(document, map, [...Object.values(names), ...others], foreignNames(names), undefined, true)
    : [];
  const range: SourceRange = config?.keyRange ?? plugin.nameRange;
  const policy = gatewayPolicy({
    // Beside others `*` is for those who say where they come from, and Vary goes with it.
    gateway:
      texts.length > 1
        ? { ...gateway, openToAll: false, vary: 'always' }
        : { ...gateway, openToAll: knownText(of('allow_origin_absent', scalarPlace)) !== 'false' },
    range,
    scope: plugin.scope,
    origins,
    entries:
      texts.length === 0 ? [openByDefault(range)] : texts.map((placed) => entryOfText(placed, texts.length === 1)),
    credentials: of(names.credentials, scalarPlace),
    methods: of(names.methods),
    allowedHeaders: of(names.allowedHeaders),
    exposedHeaders: of(names.exposedHeaders),
    maxAge: of(names.maxAge, scalarPlace),
    privateNetwork: of('private_network', scalarPlace),
    facts: [...misspelt, ...rejected, ...(plugin.facts ?? [])],
    refusesToStart: first?.kind === 'rejected-value' ? first.explanation : undefined,
    insertOrigins: (allowed, placeholder) =>
      map
        ? insertSetting(document, map, names.origins, allowed, placeholder)
        : insertConfig(document, plugin, config, { origins: allowed }, placeholder),
  });
  return [knownText(of('preflight_continue', scalarPlace)) === 'true' ? withoutPreflights(policy) : policy];
}

function isOff(plugin: TreeMap): boolean {
  const off = valueAt(plugin, 'enabled') ?? valueAt(plugin, 'disabled');
  return off?.kind === 'scalar' && off.value === (entryOf(plugin, 'enabled') === undefined);
}

/** Settings stand elsewhere, too, or are no map. */
function hasMore(plugin: TreeMap, config: TreeEntry | undefined, map: TreeMap | undefined): boolean {
  return (
    (config !== undefined && map === undefined) ||
    plugin.open === true ||
    map?.open === true ||
    ['configFrom', '_config'].some((name) => entryOf(plugin, name))
  );
}

/** The settings as a whole, where there are none yet. */
function insertConfig(
  document: TreeDocument,
  plugin: Plugin,
  config: TreeEntry | undefined,
  value: PlainValue,
  placeholder: string | undefined,
): Edit[] {
  if (config) return replaceValue(document, config.value, value, placeholder);
  return plugin.key === 'config' ? insertSetting(document, plugin.map, plugin.key, value, placeholder) : [];
}

function rejectedMethods(document: TreeDocument, map: TreeMap | undefined): Fact[] {
  const known = gateway.defaults.methods!.split(',');
  return textNodesOf(valueAt(map, names.methods))
    .filter(({ value }) => !known.includes(value) && !isPlaceholder(value))
    .map((node): Fact => ({
      kind: 'rejected-value',
      what: 'method',
      text: node.value,
      range: node.range,
      explanation: `Kong takes ${gateway.defaults.methods!.replaceAll(',', ', ')}, and refuses the plugin with anything else.`,
      ...(node.parent?.kind === 'list' && node.parent.items.length > 1 && { remove: () => removeItem(document, node) }),
    }));
}

/** Typed resources of Kong's own providers, and the older provider's, whose settings stand under `config_json`. */
function resources(document: TreeDocument, context: FrameworkContext): Policy[] {
  if (document.format !== 'hcl' && document.format !== 'json') return [];
  return readTerraform(document, context).resources.flatMap(({ type, name, body }) => {
    const scope = `${type}.${name}`;
    if (/^(?:konnect_gateway|kong-gateway)_plugin_cors$/.test(type)) {
      const nameRange = entryOf(body, 'config')?.keyRange ?? body.range;
      return readPlugin(document, { map: body, nameRange, scope, key: 'config' });
    }
    const isCors = type === 'kong_plugin' && textOf(valueAt(body, 'name')) === 'cors';
    // A text of JSON says nothing here.
    return isCors && valueAt(body, 'config_json')?.kind !== 'scalar'
      ? readPlugin(document, { map: body, nameRange: valueAt(body, 'name')!.range, scope, key: 'config_json' })
      : [];
  });
}

/** One text without a pattern's signs is sent as it is, several are compared; a pattern without a colon is one of the host alone. */
function entryOfText(placed: PlacedText, single: boolean): OriginEntry {
  const { text, range, edits } = placed;
  const anything = originEntry(placed, placed.open ? 'unknown' : text === '*' ? 'any' : 'exact');
  if (placed.open || text === '*') return anything;
  const plain = /^[A-Za-z0-9.:/-]+$/.test(text);
  if (plain && single) return { ...anything, matching: 'sent-as-is' };
  if (plain) {
    // What is compared is the origin in the text: neither a path nor a default port does harm.
    const origin = /^[a-z]+:\/\/[^/]+/i.test(text)
      ? inspectOrigin(/^[^/]+\/\/[^/]+/.exec(text)![0]).serialised
      : undefined;
    return origin === undefined || origin === text
      ? anything
      : { ...anything, matching: 'wildcard', accepts: originEquals(origin, range) };
  }
  const pattern: Pattern = {
    source: text.endsWith('$') ? text : `${text}$`,
    flags: '',
    dialect: 'pcre',
    mode: 'prefix',
  };
  const part = text.includes(':') ? 'origin' : 'hostname';
  return {
    range,
    kind: 'pattern',
    text,
    pattern,
    accepts: { kind: 'origin', part, operator: 'matches', pattern, range, textRange: range },
    matching: 'regex',
    edits,
  };
}

function rejectedOrigins(document: TreeDocument, map: TreeMap | undefined): Fact[] {
  return textNodesOf(valueAt(map, names.origins))
    .filter(({ value }) => /^\*./.test(value))
    .map((node): Fact => ({
      kind: 'rejected-value',
      what: 'origin',
      text: node.value,
      range: node.range,
      explanation: 'It is no valid regular expression, and Kong refuses the plugin with it.',
      ...(node.parent?.kind === 'list' && node.parent.items.length > 1 && { remove: () => removeItem(document, node) }),
    }));
}

function inPlugins({ parent }: TreeMap): boolean {
  return (
    parent?.kind === 'list' &&
    parent.parent?.kind === 'map' &&
    parent.parent.entries.some(({ key, value }) => key === 'plugins' && value === parent)
  );
}

/** The object of Kubernetes that it is, or else whose plugin it is. */
function transformerScope(plugin: TreeMap): string {
  const kind = textOf(valueAt(plugin, 'kind'));
  return kind === undefined
    ? scopeOf(plugin)
    : objectScope({ kind, name: textOf(valueAt(plugin, 'metadata', 'name')) });
}

/** The service or route whose plugin it is. */
function scopeOf(plugin: TreeMap): string {
  const named = textOf(valueAt(plugin, 'route')) ?? textOf(valueAt(plugin, 'service'));
  const owner: TreeNode | undefined = plugin.parent?.parent;
  const name = named ?? textOf(valueAt(owner, 'name'));
  return name === undefined ? 'every service' : name;
}
