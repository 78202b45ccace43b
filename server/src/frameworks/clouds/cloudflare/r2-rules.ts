/** CORS rules of Cloudflare R2 as its own interface takes them, from a file for wrangler or from Terraform. */
import type { TreeDocument, TreeMap } from '../../../syntax/trees/tree.ts';
import type { Fact, Policy } from '../../../policy/policy.ts';
import type { CorsService, ServicePolicyInput } from '../../../models/services/cors-service.ts';
import { misplaced } from '../../../models/services/locked-out.ts';
import { servicePolicy } from '../../../models/services/service-policy.ts';
import { entryOf, textNodesOf, unknownKeys, valueAt } from '../../../edits/tree-edits.ts';

/** What the names beside `allowed` are in one spelling or the other. */
export interface R2Names {
  readonly exposedHeaders: string;
  readonly maxAge: string;
}

/** As documented: https://developers.cloudflare.com/r2/buckets/cors/. A star inside of an origin is left open. */
const service: CorsService = {
  framework: 'cloudflare-r2',
  title: 'an R2 CORS rule',
  origin: (text) => (text === '*' ? 'any' : text.includes('*') ? 'unknown' : 'exact'),
  open: 'literal',
  credentials: 'never',
  anyHeader: 'reflect',
  listedHeaders: 'as-asked',
  strictPreflight: true,
  preflightStatus: { allowed: null, refused: null },
  vary: 'unknown',
};

const lists = ['origins', 'methods', 'headers'];
const foreign: Readonly<Record<string, string>> = {
  origin: 'origins',
  allowedorigins: 'origins',
  method: 'methods',
  allowedmethods: 'methods',
  header: 'headers',
  allowedheaders: 'headers',
};

/** Rules of R2, or what was meant to be some: settings of S3 beside each other. */
export function isR2Rule(map: TreeMap): boolean {
  return entryOf(map, 'allowed')?.value.kind === 'map' || entryOf(map, 'AllowedOrigins') !== undefined;
}

/** One rule. The first that fits a request answers it; each is judged as if it did. */
export function readR2Rule(
  rule: TreeMap,
  document: TreeDocument,
  names: R2Names,
  framework: string,
  reference?: ServicePolicyInput['reference'],
): Policy {
  const allowed = entryOf(rule, 'allowed')?.value;
  const map = allowed?.kind === 'map' ? allowed : undefined;
  const methods = textNodesOf(valueAt(map, 'methods')).map(({ value }) => value);
  return servicePolicy({
    service: { ...service, framework },
    document,
    reference,
    keys: {
      map,
      originsKey: 'origins',
      origins: entryOf(map, 'origins'),
      methods: entryOf(map, 'methods'),
      allowedHeaders: entryOf(map, 'headers'),
      exposedHeaders: entryOf(rule, names.exposedHeaders),
      maxAge: entryOf(rule, names.maxAge),
    },
    scope: methods.length > 0 ? `${methods.join(', ')} of the bucket` : 'the bucket',
    facts: [
      ...(map ? unknownKeys(document, map, lists, foreign, undefined, true) : []),
      ...settingsOfS3(rule, framework),
    ],
  });
}

/** One finding for the names of another store: the first tells where all of them belong. */
function settingsOfS3(rule: TreeMap, framework: string): Fact[] {
  const entry = framework === 'cloudflare-r2' ? entryOf(rule, 'AllowedOrigins') : undefined;
  return entry ? [misplaced(entry, '"allowed", as "origins"', true)] : [];
}
