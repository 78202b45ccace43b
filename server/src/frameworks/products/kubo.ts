/** `API.HTTPHeaders` of Kubo (IPFS): three of them are taken as settings of CORS for its remote procedures. */
import type { TreeDocument, TreeEntry, TreeMap } from '../../syntax/trees/tree.ts';
import { defineFramework } from '../../models/framework.ts';
import type { CorsService } from '../../models/services/cors-service.ts';
import { servicePolicy } from '../../models/services/service-policy.ts';
import { entryOf, unknownKeys, valueAt } from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'kubo',
  title: 'Kubo (IPFS)',
  documentation: 'https://github.com/ipfs/kubo/blob/master/docs/config.md#apihttpheaders',
  reads: '`API.HTTPHeaders` of its configuration, in `.ipfs/config` and in JSON files',
  mentions: ['httpheaders'],
  shape: 'tree',
  formats: ['json'],
  read(document) {
    const map = valueAt(document.root, 'API', 'HTTPHeaders');
    return { policies: map?.kind === 'map' ? readHeaders(map, document) : [], facts: [] };
  },
});

/**
 * As written in the sources of Kubo, not run: origins that are no `*` are compared letter by letter before rs/cors sees them, and
 * strangers get 403.
 */
const service: CorsService = {
  framework: 'kubo',
  title: 'Kubo',
  origin: (text) => (text === '*' ? 'any' : /<port>/.test(text) ? 'unknown' : 'exact'),
  placeholder: /\$\{|\{\{/,
  open: 'literal',
  credentials: 'setting',
  anyHeader: 'reflect',
  strictPreflight: false,
  preflightStatus: { allowed: null, refused: null },
  refusedStatus: 403,
  vary: 'always',
  defaults: { methods: 'unknown', headers: 'unknown' },
};

const names = ['Origin', 'Credentials', 'Methods', 'Headers'].map((name) => `Access-Control-Allow-${name}`);
const others = ['Access-Control-Expose-Headers', 'Access-Control-Max-Age', 'X-Stream-Output', 'Server'];

function readHeaders(map: TreeMap, document: TreeDocument): ReturnType<typeof servicePolicy>[] {
  const origins = entryOf(map, 'Access-Control-Allow-Origin');
  const misspelt = unknownKeys(document, map, [...names, ...others], {});
  if (origins === undefined && misspelt.length === 0) return [];
  return [
    servicePolicy({
      service,
      document,
      scope: 'remote procedures of the node',
      keys: {
        map,
        originsKey: 'Access-Control-Allow-Origin',
        origins,
        credentials: lastOf(entryOf(map, 'Access-Control-Allow-Credentials')),
        methods: entryOf(map, 'Access-Control-Allow-Methods'),
        allowedHeaders: undefined,
        exposedHeaders: undefined,
        maxAge: undefined,
      },
      facts: misspelt,
    }),
  ];
}

/** Of several values the last one counts. */
function lastOf(entry: TreeEntry | undefined): TreeEntry | undefined {
  const last = entry?.value.kind === 'list' ? entry.value.items.at(-1) : undefined;
  return entry && last ? { ...entry, value: last } : entry;
}
