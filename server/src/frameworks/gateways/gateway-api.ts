/** Gateway API: the CORS filter of an HTTPRoute, as its specification says; implementations may send less. */
import type { TreeDocument, TreeEntry, TreeMap } from '../../syntax/trees/tree.ts';
import type { Fact, Policy } from '../../policy/policy.ts';
import { wildcardPattern } from '../../models/services/wildcard-pattern.ts';
import { defineFramework } from '../../models/framework.ts';
import { envoyCors } from '../../models/gateways/envoy-cors.ts';
import { gatewayNames, waysOfRule } from './gateway-rules.ts';
import type { GatewayCors } from '../../models/gateways/gateway-cors.ts';
import { gatewayMapPolicy } from '../../models/gateways/gateway-map.ts';
import { missedByPreflights, withMissed } from '../../models/gateways/missed-routes.ts';
import { requestHeaderFacts } from '../../models/gateways/gateway-request-headers.ts';
import type { KubernetesObject } from '../../models/gateways/kubernetes-objects.ts';
import { kubernetesObjects, objectScope } from '../../models/gateways/kubernetes-objects.ts';
import { proxiedHeadersPolicies } from '../../models/static/proxied-headers.ts';
import { entryOf, mapsOf, removeItem, textNodesOf, valueAt } from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'gateway-api',
  title: 'Gateway API',
  documentation: 'https://gateway-api.sigs.k8s.io/geps/gep-1767/',
  reads:
    'filters of type `CORS` of an HTTPRoute: `allowOrigins` with wildcards, `allowCredentials` …; CORS headers of a ' +
    '`responseHeaderModifier`',
  mentions: ['alloworigins', 'allowcredentials', 'allowmethods', 'access-control-'],
  shape: 'tree',
  formats: ['yaml', 'json', 'hcl'],
  read(document) {
    const objects = kubernetesObjects(document, ['HTTPRoute'], 'gateway.networking.k8s.io');
    return {
      policies: objects.flatMap((object) =>
        filtersOf(object).flatMap(({ filter, rule }) =>
          readFilter(document, filter, objectScope(object), missedRule(object, rule, filter)),
        ),
      ),
      facts: objects.flatMap((object) =>
        filtersOf(object).flatMap(({ filter }) =>
          requestHeaderFacts(
            ['set', 'add'].map((how) => valueAt(filter, 'requestHeaderModifier', how)),
            { by: 'RequestHeaderModifier', instead: 'a filter of type CORS' },
            filter,
          ),
        ),
      ),
    };
  },
});

/** With credentials the origin has to be sent back instead of `*`; a preflight is kept for five seconds by default. */
const gateway: GatewayCors = {
  ...envoyCors,
  framework: 'gateway-api',
  title: 'Gateway API',
  open: 'reflect-with-credentials',
  exposesOnPreflights: false,
  defaults: { credentials: false, maxAge: '5' },
  preflightStatus: { allowed: null, refused: null },
};

const refusal = "allowOrigins cannot contain '*' alongside other origins.";

/** The filters of all rules, and of the backends that they name. */
function filtersOf({ spec }: KubernetesObject): { readonly filter: TreeMap; readonly rule: TreeMap }[] {
  return mapsOf(valueAt(spec, 'rules')).flatMap((rule) =>
    [rule, ...mapsOf(valueAt(rule, 'backendRefs'))]
      .flatMap((place) => mapsOf(valueAt(place, 'filters')))
      .map((filter) => ({ filter, rule })),
  );
}

function missedRule(object: KubernetesObject, rule: TreeMap, filter: TreeMap): Fact[] {
  const entry = entryOf(filter, 'cors');
  if (!entry) return [];
  const others = mapsOf(valueAt(object.spec, 'rules')).filter(
    (other) => other !== rule && mapsOf(valueAt(other, 'filters')).some((one) => entryOf(one, 'cors')),
  );
  return missedByPreflights({
    scope: objectScope(object),
    ways: waysOfRule(rule),
    settings: entry.keyRange,
    meant: [gatewayNames.methods, gatewayNames.allowedHeaders].some((name) => entryOf(entry.value, name)),
    others: others.map((other) => ({ ways: waysOfRule(other) })),
    unless: addsOptions,
  });
}

/** https://github.com/envoyproxy/gateway/pull/7144 */
const addsOptions =
  'unless the implementation adds the preflights of a path itself, as newer releases of Envoy Gateway do';

function readFilter(document: TreeDocument, filter: TreeMap, scope: string, missed: readonly Fact[]): Policy[] {
  const entry = entryOf(filter, 'cors');
  const headers = ['set', 'add'].map((how) => valueAt(filter, 'responseHeaderModifier', how));
  return [
    ...(entry ? readCors(document, entry, scope).map(withMissed(missed)) : []),
    ...proxiedHeadersPolicies(headers, { framework: 'gateway-api', title: 'Gateway API', document, scope }),
  ];
}

function readCors(document: TreeDocument, { value: map, keyRange }: TreeEntry, scope: string): Policy[] {
  if (map.kind !== 'map') return [];
  const origins = textNodesOf(valueAt(map, gatewayNames.origins));
  const star = origins.length > 1 ? origins.find(({ value }) => value === '*') : undefined;
  const rejected: Fact[] = star
    ? [
        {
          kind: 'rejected-value',
          what: 'origin',
          text: '*',
          range: star.range,
          explanation: refusal,
          remove: () => removeItem(document, star),
        },
      ]
    : [];
  return [
    gatewayMapPolicy({
      gateway,
      document,
      map,
      range: keyRange,
      scope,
      names: gatewayNames,
      opensWithout: false,
      rejectsUnknown: true,
      meaning: (text) =>
        text === '*'
          ? star
            ? 'unknown'
            : 'any'
          : /^[a-z]+:\/\/\*(?:\.[^*]+|:\d+)?$/.test(text)
            ? { wildcard: wildcardPattern(text) }
            : 'exact',
      facts: rejected,
      refusesToStart: star && refusal,
    }),
  ];
}
