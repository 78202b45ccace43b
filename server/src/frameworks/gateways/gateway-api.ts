/** Gateway API: the CORS filter of an HTTPRoute, as its specification says; implementations may send less. */
import type { TreeDocument, TreeEntry, TreeMap } from '../../syntax/trees/tree.ts';
import type { Fact, Policy } from '../../policy/policy.ts';
import { wildcardPattern } from '../../models/services/wildcard-pattern.ts';
import { defineFramework } from '../../models/framework.ts';
import { envoyCors } from './envoy-cors.ts';
import { gatewayNames } from './envoy-gateway.ts';
import type { GatewayCors } from '../../models/gateways/gateway-cors.ts';
import { gatewayMapPolicy } from '../../models/gateways/gateway-map.ts';
import { requestHeaderFacts } from '../../models/gateways/gateway-request-headers.ts';
import type { KubernetesObject } from '../../models/gateways/kubernetes-objects.ts';
import { kubernetesObjects, objectScope } from '../../models/gateways/kubernetes-objects.ts';
import { proxiedHeadersPolicies } from './proxied-headers.ts';
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
        filtersOf(object).flatMap((filter) => readFilter(document, filter, objectScope(object))),
      ),
      facts: objects.flatMap((object) =>
        filtersOf(object).flatMap((filter) =>
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
function filtersOf({ spec }: KubernetesObject): TreeMap[] {
  return mapsOf(valueAt(spec, 'rules')).flatMap((rule) => [
    ...mapsOf(valueAt(rule, 'filters')),
    ...mapsOf(valueAt(rule, 'backendRefs')).flatMap((backend) => mapsOf(valueAt(backend, 'filters'))),
  ]);
}

function readFilter(document: TreeDocument, filter: TreeMap, scope: string): Policy[] {
  const entry = entryOf(filter, 'cors');
  const headers = ['set', 'add'].map((how) => valueAt(filter, 'responseHeaderModifier', how));
  return [
    ...(entry ? readCors(document, entry, scope) : []),
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
