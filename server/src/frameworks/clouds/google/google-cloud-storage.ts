/** CORS configuration of a bucket of Google Cloud Storage, as its command line takes it; Firebase's buckets are the same. */
import type { TreeDocument, TreeMap, TreeNode } from '../../../syntax/trees/tree.ts';
import type { Fact, Policy } from '../../../policy/policy.ts';
import { servicePolicy } from '../../../models/services/service-policy.ts';
import type { ServicePolicyInput, CorsService } from '../../../models/services/cors-service.ts';
import { defineFramework } from '../../../models/framework.ts';
import { entryOf, isString, mapsOf, unknownKeys, valueAt } from '../../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'google-cloud-storage',
  title: 'Google Cloud Storage',
  documentation: 'https://cloud.google.com/storage/docs/cors-configurations',
  reads:
    'JSON of bucket CORS entries (`origin`, `method`, `responseHeader`, `maxAgeSeconds`): a list, or `cors`; also of Firebase Storage',
  mentions: ['origin', 'responseheader', 'maxageseconds'],
  shape: 'tree',
  formats: ['json'],
  read(document) {
    const list = document.root?.kind === 'list' ? document.root : valueAt(document.root, 'cors');
    return {
      policies: mapsOf(list)
        .filter(looksLikeEntry)
        .map((map) => readStorageEntry(map, document, names, 'google-cloud-storage')),
      facts: [],
    };
  },
});

/** What other tools call its settings. */
export interface StorageNames {
  readonly origins: string;
  readonly methods: string;
  readonly headers: string;
  readonly maxAge: string;
}

const names: StorageNames = {
  origins: 'origin',
  methods: 'method',
  headers: 'responseHeader',
  maxAge: 'maxAgeSeconds',
};
const known = ['origin', 'method', 'responseHeader', 'maxAgeSeconds'];
const foreign: Readonly<Record<string, string>> = {
  origins: 'origin',
  allowedorigins: 'origin',
  alloworigins: 'origin',
  methods: 'method',
  allowedmethods: 'method',
  allowmethods: 'method',
  headers: 'responseHeader',
  responseheaders: 'responseHeader',
  allowedheaders: 'responseHeader',
  exposeheaders: 'responseHeader',
  maxage: 'maxAgeSeconds',
  maxageinseconds: 'maxAgeSeconds',
};

/** No credentials are ever sent, `*` goes out as it stands, and what a wildcard inside an origin means is not documented. */
const service: CorsService = {
  framework: 'google-cloud-storage',
  title: 'a Cloud Storage CORS entry',
  origin: (text) => (text === '*' ? 'any' : text.includes('*') ? 'unknown' : 'exact'),
  open: 'literal',
  credentials: 'never',
  anyHeader: 'reflect',
  strictPreflight: true,
  // What is refused gets an ordinary answer without CORS headers.
  preflightStatus: { allowed: 200, refused: 200 },
  vary: 'unknown',
};

/** Two of its keys, or their usual misspellings, one of them with a list; other lists of records have other keys beside. */
function looksLikeEntry(map: TreeMap): boolean {
  const named = map.entries.filter(({ key }) => known.includes(key) || Object.hasOwn(foreign, key.toLowerCase()));
  const exact = named.filter(({ key }) => known.includes(key));
  const hasList = exact.some(({ key, value }) => key !== 'maxAgeSeconds' && isTextList(value));
  return (
    hasList &&
    named.length >= 2 &&
    named.length === map.entries.length &&
    (entryOf(map, 'method') ?? entryOf(map, 'origin')) !== undefined
  );
}

function isTextList(node: TreeNode): boolean {
  return node.kind === 'list' && node.items.every(isString);
}

/** One entry of a bucket's CORS configuration. */
export function readStorageEntry(
  map: TreeMap,
  document: TreeDocument,
  names: StorageNames,
  framework: string,
  reference?: ServicePolicyInput['reference'],
): Policy {
  const roles: Readonly<Record<string, keyof StorageNames>> = {
    origin: 'origins',
    method: 'methods',
    responseHeader: 'headers',
    maxAgeSeconds: 'maxAge',
  };
  const words = Object.fromEntries(Object.entries(foreign).map(([word, key]) => [word, names[roles[key]!]]));
  const misspelt = unknownKeys(document, map, Object.values(names), words);
  const methods = entryOf(map, names.methods);
  const listed = methods?.value.kind === 'list' ? methods.value.items.filter(isString).map(({ value }) => value) : [];
  return servicePolicy({
    service: { ...service, framework },
    document,
    reference,
    keys: {
      map,
      originsKey: names.origins,
      origins: entryOf(map, names.origins),
      methods,
      allowedHeaders: entryOf(map, names.headers),
      exposedHeaders: undefined,
      maxAge: entryOf(map, names.maxAge),
    },
    scope: listed.length > 0 ? `${listed.join(', ')} of the bucket` : 'the bucket',
    facts: [...misspelt, ...missingOrigin(map, misspelt, names.origins)],
  });
}

function missingOrigin(map: TreeMap, misspelt: readonly Fact[], key: string): Fact[] {
  const [first] = map.entries;
  if (
    first === undefined ||
    map.open ||
    entryOf(map, key) ||
    misspelt.some((fact) => fact.kind === 'unknown-option' && fact.suggestion === key)
  )
    return [];
  return [{ kind: 'no-origin-configured', range: first.keyRange, set: map.entries.map(({ key }) => key) }];
}
