/** Contour: the CORS policy of an HTTPProxy's virtual host, which Envoy carries out. */
import type { TreeDocument, TreeEntry, TreeMap } from '../../syntax/trees/tree.ts';
import type { Fact, Policy } from '../../policy/policy.ts';
import { defineFramework } from '../../models/framework.ts';
import { envoyCors, fullMatch } from '../../models/gateways/envoy-cors.ts';
import type { GatewayCors, OriginMeaning } from '../../models/gateways/gateway-cors.ts';
import { gatewayMapPolicy } from '../../models/gateways/gateway-map.ts';
import type { GatewayNames } from '../../models/gateways/gateway-map.ts';
import type { RouteWay } from '../../models/gateways/missed-routes.ts';
import { headerBarrier, missedByPreflights } from '../../models/gateways/missed-routes.ts';
import { requestHeaderFacts } from '../../models/gateways/gateway-request-headers.ts';
import type { KubernetesObject } from '../../models/gateways/kubernetes-objects.ts';
import { kubernetesObjects, objectScope } from '../../models/gateways/kubernetes-objects.ts';
import { proxiedHeadersPolicies } from '../../models/static/proxied-headers.ts';
import { entryOf, isPlaceholder, mapsOf, removeItem, textNodesOf, textOf, valueAt } from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'contour',
  title: 'Contour',
  documentation: 'https://projectcontour.io/docs/main/config/cors/',
  reads:
    '`spec.virtualhost.corsPolicy` of an HTTPProxy: `allowOrigin` (exact where it is a URL, else a regular ' +
    'expression), `allowCredentials` …; CORS headers of a `responseHeadersPolicy`',
  mentions: ['corspolicy', 'access-control-'],
  shape: 'tree',
  formats: ['yaml', 'json', 'hcl'],
  read(document) {
    const objects = kubernetesObjects(document, ['HTTPProxy'], 'projectcontour.io');
    return {
      policies: objects.flatMap((object) => readObject(document, object)),
      facts: objects.flatMap(requestFacts),
    };
  },
});

const gateway: GatewayCors = { ...envoyCors, framework: 'contour', title: 'Contour' };
const names: GatewayNames = {
  origins: 'allowOrigin',
  credentials: 'allowCredentials',
  methods: 'allowMethods',
  allowedHeaders: 'allowHeaders',
  exposedHeaders: 'exposeHeaders',
  maxAge: 'maxAge',
  privateNetwork: 'allowPrivateNetwork',
};

function requestFacts({ spec }: KubernetesObject): Fact[] {
  const ways = { by: 'requestHeadersPolicy', instead: 'responseHeadersPolicy or corsPolicy' };
  return placesOf(spec).flatMap((place) =>
    requestHeaderFacts([valueAt(place, 'requestHeadersPolicy', 'set')], ways, place),
  );
}

/** Routes, and the services behind them. */
function placesOf(spec: KubernetesObject['spec']): TreeMap[] {
  const routes = mapsOf(valueAt(spec, 'routes'));
  return [...routes, ...routes.flatMap((route) => mapsOf(valueAt(route, 'services')))];
}

/** The virtual host's policy, and headers of routes and of the services behind them. */
function readObject(document: TreeDocument, object: KubernetesObject): Policy[] {
  const scope = objectScope(object);
  const entry = entryOf(valueAt(object.spec, 'virtualhost'), 'corsPolicy');
  const headers = placesOf(object.spec).map((place) => valueAt(place, 'responseHeadersPolicy', 'set'));
  return [
    ...(entry ? readPolicy(document, entry, scope, missedRoutes(entry, object, scope)) : []),
    ...proxiedHeadersPolicies(headers, { framework: 'contour', title: 'Contour', document, scope }),
  ];
}

/** The policy is the virtual host's, but Envoy asks for it only where one of the routes is chosen. */
function missedRoutes(entry: TreeEntry, { spec }: KubernetesObject, scope: string): Fact[] {
  const routes = mapsOf(valueAt(spec, 'routes'));
  return routes.flatMap((route) =>
    missedByPreflights({
      scope,
      ways: [wayOf(route)],
      settings: entry.keyRange,
      meant: true,
      others: routes.filter((other) => other !== route).map((other) => ({ ways: [wayOf(other)] })),
    }),
  );
}

/** All conditions of a route have to be right. */
function wayOf(route: TreeMap): RouteWay {
  const conditions = mapsOf(valueAt(route, 'conditions'));
  const barriers = conditions.flatMap((condition) => {
    const header = valueAt(condition, 'header');
    const name = valueAt(header, 'name');
    const isWanted = ['present', 'contains', 'exact', 'regex'].some((key) => entryOf(header, key));
    return isWanted && name ? (headerBarrier(textOf(name) ?? 'origin', name.range) ?? []) : [];
  });
  const path = conditions.map(
    (condition) => textOf(valueAt(condition, 'prefix')) ?? textOf(valueAt(condition, 'exact')),
  );
  return { path: path.find((one) => one !== undefined), barrier: barriers[0] };
}

function readPolicy(
  document: TreeDocument,
  { value: map, keyRange }: TreeEntry,
  scope: string,
  missed: readonly Fact[],
): Policy[] {
  if (map.kind !== 'map') return [];
  const rejected = rejectedOrigins(document, map);
  const [first] = rejected;
  return [
    gatewayMapPolicy({
      gateway,
      document,
      map,
      range: keyRange,
      scope,
      names,
      meaning,
      opensWithout: false,
      rejectsUnknown: true,
      facts: [...rejected, ...missed],
      refusesToStart: first?.kind === 'rejected-value' ? first.explanation : undefined,
    }),
  ];
}

/** What reads as scheme and host is compared; a star in it is no wildcard then. Everything else is a pattern. */
function meaning(text: string): OriginMeaning {
  if (text === '*') return 'any';
  // Brackets are allowed in a host by some versions of the URL reader, and not by others.
  if (/^[a-z][a-z0-9+.-]*:\/\/[^/]*[[\]]/i.test(text) && !/[\\|^{}]/.test(text)) return 'unknown';
  if (/^[a-z][a-z0-9+.-]*:\/\/[\w.~!$&'()*+,;=-]+(?::\d*)?$/i.test(text)) return 'ignoring-case';
  return text.startsWith('*') ? 'unknown' : { regex: fullMatch(text) };
}

function rejectedOrigins(document: TreeDocument, map: TreeEntry['value']): Fact[] {
  return textNodesOf(entryOf(map, names.origins)?.value)
    .filter(({ value }) => /^\*./.test(value) && !isPlaceholder(value))
    .map((node): Fact => ({
      kind: 'rejected-value',
      what: 'origin',
      text: node.value,
      range: node.range,
      explanation:
        'A regular expression cannot begin with "*", and the virtual host is not served with one that is not valid.',
      ...(node.parent?.kind === 'list' && node.parent.items.length > 1 && { remove: () => removeItem(document, node) }),
    }));
}
