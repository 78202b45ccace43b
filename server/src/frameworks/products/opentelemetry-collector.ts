/** `cors` of the receivers of an OpenTelemetry Collector, and of what is built of it, carried out by rs/cors. */
import type { TreeDocument, TreeMap } from '../../syntax/trees/tree.ts';
import type { Policy } from '../../policy/policy.ts';
import { defineFramework } from '../../models/framework.ts';
import type { SettingNames } from '../../models/gateways/gateway-map.ts';
import { mapsWhere } from '../../models/gateways/kubernetes-objects.ts';
import { entriesOf, entryOf } from '../../edits/tree-edits.ts';
import { rsCorsPolicy } from '../../models/gateways/rs-cors.ts';

export const framework = defineFramework({
  id: 'opentelemetry-collector',
  title: 'OpenTelemetry Collector',
  documentation: 'https://github.com/open-telemetry/opentelemetry-collector/blob/main/config/confighttp/README.md',
  reads:
    '`cors` of `receivers` and `extensions`: `allowed_origins`, `allowed_headers`, `max_age`; also in values of its ' +
    'chart, objects of its operator, Jaeger 2 and Tempo',
  mentions: ['cors:'],
  shape: 'tree',
  formats: ['yaml'],
  read(document) {
    const policies = mapsWhere(document, (map) =>
      parts.some((part) => entryOf(map, part)?.value.kind === 'map'),
    ).flatMap((map) =>
      parts.flatMap((part) =>
        entriesOf(entryOf(map, part)?.value).flatMap(({ key, value }) =>
          corsBelow(document, value).flatMap((owner) => readCors(document, owner, `${part}.${key}`)),
        ),
      ),
    );
    return { policies, facts: [] };
  },
});

const parts = ['receivers', 'extensions'];
const names: SettingNames = {
  origins: 'allowed_origins',
  allowedHeaders: 'allowed_headers',
  exposedHeaders: 'exposed_headers',
  maxAge: 'max_age',
};
/** As written in the sources of the collector from 0.50 on: credentials are allowed, and no setting says otherwise. */
const defaults = {
  credentials: true,
  methods: ['GET', 'POST', 'HEAD'],
  allowedHeaders: ['accept', 'content-type', 'x-requested-with'],
};

/** Maps that have a key `cors`, in this one. */
function corsBelow(document: TreeDocument, node: TreeMap['entries'][number]['value']): TreeMap[] {
  return mapsWhere({ ...document, roots: [node] }, (map) => entryOf(map, 'cors')?.value.kind === 'map');
}

function readCors(document: TreeDocument, owner: TreeMap, scope: string): Policy[] {
  const { value: map, keyRange } = entryOf(owner, 'cors')!;
  if (map.kind !== 'map') return [];
  return [
    rsCorsPolicy({
      document,
      map,
      range: keyRange,
      scope,
      names,
      rejectsUnknown: true,
      opensWithout: false,
      closedWithout: 'No page may send anything until allowed_origins is set.',
      framework: 'opentelemetry-collector',
      title: 'the OpenTelemetry Collector',
      defaults,
    }),
  ];
}
