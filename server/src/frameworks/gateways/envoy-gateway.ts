/** Envoy Gateway: CORS of a SecurityPolicy. */
import type { TreeDocument, TreeEntry } from '../../syntax/trees/tree.ts';
import type { Policy } from '../../policy/policy.ts';
import { wildcardPattern } from '../../models/services/wildcard-pattern.ts';
import { defineFramework } from '../../models/framework.ts';
import { answersEveryPreflight, envoyCors } from './envoy-cors.ts';
import type { GatewayCors } from '../../models/gateways/gateway-cors.ts';
import { gatewayMapPolicy } from '../../models/gateways/gateway-map.ts';
import type { GatewayNames } from '../../models/gateways/gateway-map.ts';
import { kubernetesObjects, objectScope } from '../../models/gateways/kubernetes-objects.ts';
import { entryOf } from '../../edits/tree-edits.ts';

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
        const policies = readCors(document, entry, objectScope(object));
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
export const gatewayNames: GatewayNames = {
  origins: 'allowOrigins',
  credentials: 'allowCredentials',
  methods: 'allowMethods',
  allowedHeaders: 'allowHeaders',
  exposedHeaders: 'exposeHeaders',
  maxAge: 'maxAge',
};

/** With `mergeType` the policy of the Gateway fills in what this one leaves out. */
function withParentOrigins(policy: Policy): Policy {
  return { ...policy, facts: policy.facts.filter(({ kind }) => kind !== 'no-origin-configured') };
}

/** A star stands for any number of labels. */
function readCors(document: TreeDocument, { value: map, keyRange }: TreeEntry, scope: string): Policy[] {
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
    }),
  ];
}
