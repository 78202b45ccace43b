/** Tyk: `CORS` of an API definition, and `cors` of the middleware in an OpenAPI description, carried out by rs/cors. */
import type { TreeDocument, TreeEntry, TreeMap } from '../../syntax/trees/tree.ts';
import type { Policy } from '../../policy/policy.ts';
import { defineFramework } from '../../models/framework.ts';
import type { GatewayNames } from '../../models/gateways/gateway-map.ts';
import { isOn } from '../../models/gateways/gateway-map.ts';
import { mapsWhere } from '../../models/gateways/kubernetes-objects.ts';
import { entryOf, textOf, valueAt } from '../../edits/tree-edits.ts';
import { rsCorsPolicy } from '../../models/gateways/rs-cors.ts';

export const framework = defineFramework({
  id: 'tyk',
  title: 'Tyk',
  documentation: 'https://tyk.io/docs/api-management/gateway-config-tyk-classic/#cross-origin-resource-sharing-cors',
  reads: '`CORS` of API definitions, of `ApiDefinition` objects too, and `x-tyk-api-gateway.middleware.global.cors`',
  mentions: ['"cors"', 'cors:'],
  shape: 'tree',
  formats: ['json', 'yaml'],
  read(document) {
    const classic = mapsWhere(document, isDefinition).flatMap((map) =>
      readCors(document, entryOf(map, 'CORS'), inSnake),
    );
    const described = mapsWhere(document, (map) => entryOf(map, 'x-tyk-api-gateway') !== undefined).flatMap((map) => {
      const settings = valueAt(map, 'x-tyk-api-gateway', 'middleware', 'global');
      return readCors(document, entryOf(settings, 'cors'), inCamel);
    });
    return { policies: [...classic, ...described], facts: [] };
  },
});

interface Spelling {
  readonly names: GatewayNames;
  readonly enabled: string;
  readonly others: readonly string[];
}

const inSnake: Spelling = {
  enabled: 'enable',
  names: {
    origins: 'allowed_origins',
    credentials: 'allow_credentials',
    methods: 'allowed_methods',
    allowedHeaders: 'allowed_headers',
    exposedHeaders: 'exposed_headers',
    maxAge: 'max_age',
  },
  others: ['enable', 'options_passthrough', 'debug'],
};
const inCamel: Spelling = {
  enabled: 'enabled',
  names: {
    origins: 'allowedOrigins',
    credentials: 'allowCredentials',
    methods: 'allowedMethods',
    allowedHeaders: 'allowedHeaders',
    exposedHeaders: 'exposedHeaders',
    maxAge: 'maxAge',
  },
  others: ['enabled', 'optionsPassthrough', 'debug'],
};

const defaults = {
  credentials: false,
  methods: ['GET', 'POST', 'HEAD'],
  allowedHeaders: ['accept', 'content-type', 'x-requested-with'],
};

/** Other gateways and products have a key of this name too. */
function isDefinition(map: TreeMap): boolean {
  if (entryOf(map, 'CORS')?.value.kind !== 'map') return false;
  const { parent } = map;
  return (
    ['api_id', 'version_data', 'use_keyless'].some((key) => entryOf(map, key) !== undefined) ||
    (parent !== undefined && textOf(valueAt(parent, 'apiVersion'))?.startsWith('tyk.tyk.io/') === true) ||
    valueAt(map, 'proxy', 'listen_path') !== undefined
  );
}

function readCors(
  document: TreeDocument,
  entry: TreeEntry | undefined,
  { names, enabled, others }: Spelling,
): Policy[] {
  if (entry?.value.kind !== 'map' || !isOn(document, entry.value, enabled)) return [];
  return [
    rsCorsPolicy({
      document,
      map: entry.value,
      range: (entryOf(entry.value, enabled) ?? entry).keyRange,
      scope: 'the API',
      names,
      others,
      rejectsUnknown: false,
      framework: 'tyk',
      title: 'Tyk',
      defaults,
    }),
  ];
}
