/** CORS settings of Ethereum nodes in their own files: whose pages may talk to the node, and use what it lets a caller do. */
import type { TreeDocument, TreeEntry, TreeMap } from '../../syntax/trees/tree.ts';
import type { Policy } from '../../policy/policy.ts';
import { defineFramework } from '../../models/framework.ts';
import type { CorsService } from '../../models/services/cors-service.ts';
import { rsCorsOrigin } from '../../models/services/rs-cors-origin.ts';
import { servicePolicy } from '../../models/services/service-policy.ts';
import { entryOf, valueAt } from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'ethereum-nodes',
  title: 'Ethereum nodes',
  documentation: 'https://geth.ethereum.org/docs/interacting-with-geth/rpc#http-server',
  reads:
    '`Node.HTTPCors` of Geth, `jsonrpc.http.corsdomain` of Bor, and `rpc-http-cors-origins` of Besu, in their TOML files',
  mentions: ['httpcors', 'corsdomain', 'rpc-http-cors-origins'],
  shape: 'tree',
  formats: ['toml'],
  read(document) {
    return { policies: places.flatMap((place) => readPlace(place, document)), facts: [] };
  },
});

interface Place {
  readonly title: string;
  readonly path: readonly string[];
  readonly key: string;
  readonly origin: CorsService['origin'];
}

/** One word stands for everybody, and one for nobody. */
export function besuOrigin(text: string): 'any' | 'exact' | 'unknown' {
  if (text === '*' || text === 'all') return 'any';
  return text === 'none' || text.includes('*') ? 'unknown' : 'exact';
}

/** As their documentation says, not run: Geth and Bor hand the list to rs/cors, Besu compares, and knows a word for everybody. */
const places: readonly Place[] = [
  { title: 'Geth', path: ['Node'], key: 'HTTPCors', origin: rsCorsOrigin },
  { title: 'Bor', path: ['jsonrpc', 'http'], key: 'corsdomain', origin: rsCorsOrigin },
  { title: 'Besu', path: [], key: 'rpc-http-cors-origins', origin: besuOrigin },
];

const service: Omit<CorsService, 'title' | 'origin'> = {
  framework: 'ethereum-nodes',
  open: 'literal',
  credentials: 'never',
  anyHeader: 'reflect',
  strictPreflight: false,
  preflightStatus: { allowed: null, refused: null },
  vary: 'unknown',
  defaults: { methods: 'unknown', headers: 'unknown' },
};

function readPlace({ title, path, key, origin }: Place, document: TreeDocument): Policy[] {
  const map = path.length === 0 ? document.root : valueAt(document.root, ...path);
  const origins = entryOf(map, key);
  return map?.kind === 'map' && origins ? [policyOf(map, origins, { ...service, title, origin }, document)] : [];
}

function policyOf(map: TreeMap, origins: TreeEntry, node: CorsService, document: TreeDocument): Policy {
  return servicePolicy({
    service: node,
    document,
    scope: 'calls of the node over HTTP',
    keys: {
      map,
      originsKey: origins.key,
      origins,
      methods: undefined,
      allowedHeaders: undefined,
      exposedHeaders: undefined,
      maxAge: undefined,
    },
  });
}
