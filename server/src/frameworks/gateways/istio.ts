/** Istio: the CORS policy of a VirtualService's routes, which Envoy carries out. */
import type { TreeDocument, TreeEntry, TreeMap } from '../../syntax/trees/tree.ts';
import type { Fact, Policy } from '../../policy/policy.ts';
import { defineFramework } from '../../models/framework.ts';
import { answersEveryPreflight, envoyCors, matcherEntries, matcherPlace } from '../../models/gateways/envoy-cors.ts';
import type { GatewayCors } from '../../models/gateways/gateway-cors.ts';
import { gatewayMapPolicy } from '../../models/gateways/gateway-map.ts';
import type { RouteWay } from '../../models/gateways/missed-routes.ts';
import { headerBarrier, methodBarrier, missedByPreflights, withMissed } from '../../models/gateways/missed-routes.ts';
import { requestHeaderFacts } from '../../models/gateways/gateway-request-headers.ts';
import { kubernetesObjects, objectScope } from '../../models/gateways/kubernetes-objects.ts';
import { gatewayNames } from './gateway-rules.ts';
import { proxiedHeadersPolicies } from '../../models/static/proxied-headers.ts';
import { matchesText, pathOf } from './text-matches.ts';
import { insertSetting, listPlace, placeOf } from '../../models/gateways/setting-places.ts';
import { originEntries } from '../../models/gateways/gateway-origins.ts';
import { entriesOf, entryOf, mapsOf, textOf, valueAt } from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'istio',
  title: 'Istio',
  documentation: 'https://istio.io/latest/docs/reference/config/networking/virtual-service/#CorsPolicy',
  reads:
    '`corsPolicy` of a VirtualService: `allowOrigins` (`exact`, `prefix`, `regex`), the deprecated `allowOrigin`, ' +
    '`allowCredentials` …; CORS headers among `headers.response`',
  mentions: ['corspolicy', 'access-control-'],
  shape: 'tree',
  formats: ['yaml', 'json', 'hcl'],
  read(document) {
    const objects = kubernetesObjects(document, ['VirtualService']);
    return {
      policies: objects.flatMap((object) => {
        const routes = mapsOf(valueAt(object.spec, 'http'));
        return routes.flatMap((route) => readRoute(document, route, routes, objectScope(object)));
      }),
      facts: objects.flatMap((object) =>
        mapsOf(valueAt(object.spec, 'http')).flatMap((route) =>
          requestHeaderFacts(
            [route, ...mapsOf(valueAt(route, 'route'))].flatMap((place) =>
              ['set', 'add'].map((how) => valueAt(place, 'headers', 'request', how)),
            ),
            { by: 'headers.request', instead: 'headers.response or corsPolicy' },
            route,
          ),
        ),
      ),
    };
  },
});

const gateway: GatewayCors = { ...envoyCors, framework: 'istio', title: 'Istio' };

function readRoute(document: TreeDocument, route: TreeMap, routes: readonly TreeMap[], scope: string): Policy[] {
  const entry = entryOf(route, 'corsPolicy');
  const headers = [route, ...mapsOf(valueAt(route, 'route'))].flatMap((place) =>
    ['set', 'add'].map((how) => valueAt(place, 'headers', 'response', how)),
  );
  return [
    ...(entry ? readPolicy(document, entry, scope).map(withMissed(missedBy(entry, route, routes, scope))) : []),
    ...proxiedHeadersPolicies(headers, { framework: 'istio', title: 'Istio', document, scope }),
  ];
}

/** A preflight is answered by the policy of the route that is chosen for it, by its own method and headers. */
function missedBy(entry: TreeEntry, route: TreeMap, routes: readonly TreeMap[], scope: string): Fact[] {
  const others = routes.filter((other) => other !== route && entryOf(other, 'corsPolicy'));
  return missedByPreflights({
    scope,
    ways: waysOf(route),
    settings: entry.keyRange,
    meant: [gatewayNames.methods, gatewayNames.allowedHeaders].some((name) => entryOf(entry.value, name)),
    others: others.map((other) => ({ ways: waysOf(other) })),
  });
}

function waysOf(route: TreeMap): RouteWay[] {
  return mapsOf(valueAt(route, 'match')).map((match) => {
    const method = entryOf(match, 'method');
    const header = entriesOf(valueAt(match, 'headers')).find(({ key, keyRange }) => headerBarrier(key, keyRange));
    return {
      path: pathOf(valueAt(match, 'uri')),
      barrier:
        (header && headerBarrier(header.key, header.keyRange)) ??
        (method && methodBarrier(matchesText(method.value), method.value.range)),
    };
  });
}

function readPolicy(document: TreeDocument, { value: map, keyRange }: TreeEntry, scope: string): Policy[] {
  if (map.kind !== 'map') return [];
  const matchers = entryOf(map, 'allowOrigins');
  // The deprecated list counts where the other one is not there.
  const exact = matchers ? undefined : placeOf(document, map, 'allowOrigin', listPlace);
  const entries = matchers
    ? matcherEntries(document, matchers.value)
    : originEntries(exact?.texts ?? [], (text) => (text === '*' ? 'any' : 'exact'));
  return [
    gatewayMapPolicy({
      gateway:
        textOf(valueAt(map, 'unmatchedPreflights')) === 'IGNORE' ? { ...gateway, ...answersEveryPreflight } : gateway,
      document,
      map,
      range: keyRange,
      scope,
      names: gatewayNames,
      others: ['allowOrigin', 'unmatchedPreflights'],
      meaning: () => 'unknown',
      more: entries,
      opensWithout: false,
      rejectsUnknown: true,
      input: {
        entries,
        origins: matchers ? matcherPlace(document, matchers) : exact,
        insertOrigins: (allowed, placeholder) =>
          insertSetting(
            document,
            map,
            'allowOrigins',
            allowed.map((origin) => ({ exact: origin })),
            placeholder,
          ),
      },
    }),
  ];
}
