/** Envoy Gateway: CORS of a SecurityPolicy. */
import type { TreeDocument, TreeEntry } from '../../syntax/trees/tree.ts';
import type { Fact, Policy } from '../../policy/policy.ts';
import { wildcardPattern } from '../../models/services/wildcard-pattern.ts';
import { defineFramework } from '../../models/framework.ts';
import { answersEveryPreflight, envoyCors } from '../../models/gateways/envoy-cors.ts';
import type { GatewayCors } from '../../models/gateways/gateway-cors.ts';
import { gatewayMapPolicy } from '../../models/gateways/gateway-map.ts';
import { gatewayNames, waysOfRule } from './gateway-rules.ts';
import { missedByPreflights } from '../../models/gateways/missed-routes.ts';
import type { KubernetesObject } from '../../models/gateways/kubernetes-objects.ts';
import { kubernetesObjects, objectScope } from '../../models/gateways/kubernetes-objects.ts';
import { entryOf, mapsOf, textOf, valueAt } from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'envoy-gateway',
  title: 'Envoy Gateway',
  documentation: 'https://gateway.envoyproxy.io/docs/tasks/security/cors/',
  reads: '`spec.cors` of a SecurityPolicy: `allowOrigins` with wildcards, `allowCredentials` …',
  mentions: ['securitypolicy'],
  shape: 'tree',
  formats: ['yaml', 'json', 'hcl'],
  read(document) {
    return {
      policies: kubernetesObjects(document, ['SecurityPolicy'], 'gateway.envoyproxy.io').flatMap((object) => {
        const entry = entryOf(object.spec, 'cors');
        if (!entry) return [];
        const policies = readCors(document, entry, objectScope(object), missedRules(document, object, entry));
        return entryOf(object.spec, 'mergeType') ? policies.map(withParentOrigins) : policies;
      }),
      facts: [],
    };
  },
});

/** A `*` among others is sent as `*` alone. */
const gateway: GatewayCors = {
  ...envoyCors,
  ...answersEveryPreflight,
  reflectsNames: true,
  framework: 'envoy-gateway',
  title: 'Envoy Gateway',
};

/** With `mergeType` the policy of the Gateway fills in what this one leaves out. */
function withParentOrigins(policy: Policy): Policy {
  return { ...policy, facts: policy.facts.filter(({ kind }) => kind !== 'no-origin-configured') };
}

/** Rules of the routes that the policy names, where they stand in the same file: Envoy asks for it once one of them is chosen. */
function missedRules(document: TreeDocument, { spec }: KubernetesObject, entry: TreeEntry): Fact[] {
  const single = valueAt(spec, 'targetRef');
  const targets = [...mapsOf(valueAt(spec, 'targetRefs')), ...(single ? [single] : [])];
  const names = targets
    .filter((target) => textOf(valueAt(target, 'kind')) === 'HTTPRoute')
    .map((target) => textOf(valueAt(target, 'name')));
  const routes = kubernetesObjects(document, ['HTTPRoute'], 'gateway.networking.k8s.io');
  return routes
    .filter(({ name }) => name !== undefined && names.includes(name))
    .flatMap((route) => {
      const rules = mapsOf(valueAt(route.spec, 'rules'));
      return rules.flatMap((rule) =>
        missedByPreflights({
          scope: objectScope(route),
          ways: waysOfRule(rule),
          settings: entry.keyRange,
          meant: [gatewayNames.methods, gatewayNames.allowedHeaders].some((name) => entryOf(entry.value, name)),
          others: rules.filter((other) => other !== rule).map((other) => ({ ways: waysOfRule(other) })),
        }),
      );
    });
}

/** A star stands for any number of labels. */
function readCors(
  document: TreeDocument,
  { value: map, keyRange }: TreeEntry,
  scope: string,
  facts: readonly Fact[],
): Policy[] {
  if (map.kind !== 'map') return [];
  return [
    gatewayMapPolicy({
      gateway,
      document,
      map,
      range: keyRange,
      scope,
      names: gatewayNames,
      meaning: (text) => (text === '*' ? 'any' : text.includes('*') ? { wildcard: wildcardPattern(text) } : 'exact'),
      opensWithout: false,
      rejectsUnknown: true,
      facts,
    }),
  ];
}
