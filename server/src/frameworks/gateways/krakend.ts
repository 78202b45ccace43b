/** KrakenD: `security/cors` of the service's extra configuration, carried out by rs/cors. */
import type { TreeDocument, TreeEntry, TreeMap } from '../../syntax/trees/tree.ts';
import type { Policy } from '../../policy/policy.ts';
import { defineFramework } from '../../models/framework.ts';
import type { GatewayNames } from '../../models/gateways/gateway-map.ts';
import { mapsWhere } from '../../models/gateways/kubernetes-objects.ts';
import { rsCorsPolicy } from '../../models/gateways/rs-cors.ts';
import { misplaced } from '../../models/services/locked-out.ts';
import { entryOf } from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'krakend',
  title: 'KrakenD',
  documentation: 'https://www.krakend.io/docs/service-settings/cors/',
  reads:
    '`security/cors` in `extra_config` (`allow_origins`, `allow_credentials` …), and its old name ' +
    '`github_com/devopsfaith/krakend-cors`',
  mentions: ['security/cors', 'krakend-cors'],
  shape: 'tree',
  formats: ['json', 'yaml'],
  read(document) {
    const owners = mapsWhere(document, (map) => keys.some((key) => entryOf(map, key)));
    const entriesIn = (maps: readonly TreeMap[]) =>
      maps.flatMap((map) => keys.flatMap((key) => entryOf(map, key) ?? []));
    const ofParts = owners.filter(isOfPart);
    return {
      policies: entriesIn(owners.filter((owner) => !ofParts.includes(owner))).flatMap((entry) =>
        readCors(document, entry),
      ),
      facts: entriesIn(ofParts).map((entry) => misplaced(entry, '"extra_config" of the whole service')),
    };
  },
});

const keys = ['security/cors', 'github_com/devopsfaith/krakend-cors'];

/** The extra configuration of an endpoint, a backend or an agent, in which nothing looks for CORS. */
function isOfPart({ parent }: TreeMap): boolean {
  const list = parent?.parent;
  return list?.kind === 'list' && parent?.kind === 'map' && entryOf(parent, 'extra_config') !== undefined;
}

const names: GatewayNames = {
  origins: 'allow_origins',
  credentials: 'allow_credentials',
  methods: 'allow_methods',
  allowedHeaders: 'allow_headers',
  exposedHeaders: 'expose_headers',
  maxAge: 'max_age',
  privateNetwork: 'allow_private_network',
};

const others = [
  'allow_private_network',
  'options_passthrough',
  'options_success_status',
  'debug',
  '@comment',
  '$schema',
];
const defaults = {
  credentials: false,
  methods: ['GET', 'HEAD', 'POST'],
  allowedHeaders: ['accept', 'content-type', 'x-requested-with'],
};

function readCors(document: TreeDocument, { value: map, keyRange }: TreeEntry): Policy[] {
  if (map.kind !== 'map') return [];
  return [
    rsCorsPolicy({
      document,
      map,
      range: keyRange,
      scope: 'every endpoint',
      names,
      others,
      rejectsUnknown: false,
      framework: 'krakend',
      title: 'KrakenD',
      defaults,
    }),
  ];
}
