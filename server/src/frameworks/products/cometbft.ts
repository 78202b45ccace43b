/** `cors_allowed_origins` of CometBFT and Tendermint, carried out by rs/cors, and the switch of the Cosmos SDK that lets everybody in. */
import type { TreeDocument, TreeNode } from '../../syntax/trees/tree.ts';
import type { Policy } from '../../policy/policy.ts';
import { defineFramework } from '../../models/framework.ts';
import type { CorsService } from '../../models/services/cors-service.ts';
import { servicePolicy } from '../../models/services/service-policy.ts';
import { rsCorsOrigin } from '../../models/services/rs-cors-origin.ts';
import { entryOf, isTrue, replaceValue, valueAt } from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'cometbft',
  title: 'CometBFT and Cosmos SDK',
  documentation: 'https://docs.cometbft.com/main/references/config/config.toml#rpccors_allowed_origins',
  reads: '`rpc.cors_allowed_origins` of `config.toml`, `api.enabled-unsafe-cors` of `app.toml`',
  mentions: ['cors_allowed_origins', 'cors-allowed-origins', 'enabled-unsafe-cors'],
  shape: 'tree',
  formats: ['toml'],
  read(document) {
    const { root } = document;
    return {
      policies: [...readRpc(valueAt(root, 'rpc'), document), ...readApi(valueAt(root, 'api'), document)],
      facts: [],
    };
  },
});

/** After the documentation of CometBFT, not run: without origins there is no CORS. */
const rpc: CorsService = {
  framework: 'cometbft',
  title: 'CometBFT',
  origin: rsCorsOrigin,
  open: 'literal',
  credentials: 'never',
  anyHeader: 'reflect',
  strictPreflight: true,
  preflightStatus: { allowed: 204, refused: 204 },
  vary: 'always',
  literalStars: { methods: true },
  listedMethods: 'as-asked',
  listedHeaders: 'as-asked',
  defaults: {
    methods: ['HEAD', 'GET', 'POST'],
    headers: ['Origin', 'Accept', 'Content-Type', 'X-Requested-With', 'X-Server-Time'],
  },
};

/** After the documentation of the Cosmos SDK, not run: the switch knows no origins. */
const api: CorsService = {
  ...rpc,
  title: 'the Cosmos SDK',
  preflightStatus: { allowed: 200, refused: null },
  vary: 'unknown',
  defaults: { methods: 'unknown', headers: 'unknown' },
};

const none = { methods: undefined, allowedHeaders: undefined, exposedHeaders: undefined, maxAge: undefined };

function readRpc(map: TreeNode | undefined, document: TreeDocument): Policy[] {
  // Older releases have dashes.
  const key = ['cors_allowed_origins', 'cors-allowed-origins'].find((name) => entryOf(map, name));
  if (map?.kind !== 'map' || key === undefined) return [];
  const beside = (name: string) => entryOf(map, key.replace('origins', name));
  const keys = { map, originsKey: key, origins: entryOf(map, key) };
  return [
    servicePolicy({
      service: rpc,
      document,
      scope: 'the RPC interface',
      keys: { ...none, ...keys, methods: beside('methods'), allowedHeaders: beside('headers') },
    }),
  ];
}

function readApi(map: TreeNode | undefined, document: TreeDocument): Policy[] {
  const entry = entryOf(map, 'enabled-unsafe-cors');
  if (map?.kind !== 'map' || entry === undefined || !isTrue(entry.value) || !isTrue(valueAt(map, 'enable'))) return [];
  const policy = servicePolicy({
    service: api,
    document,
    scope: 'the REST interface',
    keys: { ...none, map, originsKey: entry.key, origins: undefined, openWithout: entry },
  });
  const { origins } = policy.settings;
  const value = origins.value.map((each) => ({ ...each, byDefault: false }));
  return [
    {
      ...policy,
      settings: { ...policy.settings, origins: { ...origins, value, written: true } },
      edits: { switchOff: () => replaceValue(document, entry.value, false) },
    },
  ];
}
