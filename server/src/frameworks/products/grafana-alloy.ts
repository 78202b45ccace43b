/** Receivers of Grafana Alloy: `cors_allowed_origins` of `faro.receiver`, and `cors` of the receivers of OpenTelemetry. */
import type { TreeDocument, TreeEntry, TreeMap, TreeNode } from '../../syntax/trees/tree.ts';
import { defineFramework } from '../../models/framework.ts';
import type { SettingNames } from '../../models/gateways/gateway-map.ts';
import { mapsWhere } from '../../models/gateways/kubernetes-objects.ts';
import { entriesOf, entryOf } from '../../edits/tree-edits.ts';
import { rsCorsPolicy } from '../../models/gateways/rs-cors.ts';
import type { RsCorsInput } from '../../models/gateways/rs-cors.ts';

export const framework = defineFramework({
  id: 'grafana-alloy',
  title: 'Grafana Alloy',
  documentation: 'https://grafana.com/docs/alloy/latest/reference/components/faro/faro.receiver/',
  reads: '`cors_allowed_origins` of `faro.receiver`, and `cors` of `otelcol.receiver` components, in `*.alloy`',
  mentions: ['faro.receiver', 'otelcol.receiver'],
  shape: 'tree',
  formats: ['hcl'],
  read(document) {
    const components = (name: RegExp): TreeNode[] =>
      entriesOf(document.root).flatMap(({ key, value }) => (name.test(key) ? [value] : []));
    const servers = mapsIn(document, components(/^faro\.receiver$/), 'cors_allowed_origins');
    const receivers = mapsIn(document, components(/^otelcol\.receiver\.\w+$/), 'cors').flatMap((owner) =>
      entriesOf(owner).filter(({ key, value }) => key === 'cors' && value.kind === 'map'),
    );
    return {
      policies: [
        ...servers.map((map) => rsCorsPolicy(faro(document, map, entryOf(map, 'cors_allowed_origins')!))),
        ...receivers.map((entry) => rsCorsPolicy(collector(document, entry))),
      ],
      facts: [],
    };
  },
});

const defaults = { methods: ['GET', 'POST', 'HEAD'] };
const shared = { framework: 'grafana-alloy', title: 'Grafana Alloy', opensWithout: false } as const;

/** After the documentation of Alloy, not run: it takes no credentials. */
function faro(document: TreeDocument, map: TreeMap, { keyRange: range }: TreeEntry): RsCorsInput {
  const names: SettingNames = { origins: 'cors_allowed_origins', allowedHeaders: '', exposedHeaders: '', maxAge: '' };
  return {
    ...shared,
    document,
    map,
    range,
    names,
    scope: 'the receiver of Faro',
    rejectsUnknown: false,
    others: map.entries.map(({ key }) => key),
    defaults: { ...defaults, credentials: false, allowedHeaders: ['x-api-key', 'content-type', 'x-faro-session-id'] },
  };
}

/** The same as in the collector itself: credentials are allowed, and no setting says otherwise. */
function collector(document: TreeDocument, { value, keyRange: range }: TreeEntry): RsCorsInput {
  const names: SettingNames = {
    origins: 'allowed_origins',
    allowedHeaders: 'allowed_headers',
    exposedHeaders: 'exposed_headers',
    maxAge: 'max_age',
  };
  return {
    ...shared,
    document,
    map: value as TreeMap,
    range,
    names,
    scope: 'the receiver of OpenTelemetry',
    rejectsUnknown: true,
    defaults: { ...defaults, credentials: true, allowedHeaders: ['accept', 'content-type', 'x-requested-with'] },
  };
}

function mapsIn(document: TreeDocument, roots: readonly TreeNode[], key: string): TreeMap[] {
  return mapsWhere({ ...document, roots }, (map) => entryOf(map, key) !== undefined);
}
