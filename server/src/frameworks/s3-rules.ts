/** CORS rules of Amazon S3 and of the stores that speak its language, from a file of their own or from a template. */
import type { TreeDocument, TreeMap, TreeNode } from '../syntax/tree.ts';
import type { Fact, Policy } from '../policy/policy.ts';
import { cloudPolicy, wildcardPattern } from './cloud-cors.ts';
import type { CloudPolicyInput, CloudService } from './cloud-cors.ts';
import { entryOf, isString, unknownKeys } from './tree-edits.ts';

/** The interface, the templates and other tools have different names for the keys. */
export interface S3Names { readonly origins: string; readonly methods: string; readonly allowedHeaders: string; readonly exposedHeaders: string; readonly maxAge: string; readonly others: readonly string[] }

const service: CloudService = {
  framework: 'aws-s3',
  title: 'an S3 CORS rule',
  origin: (text) => (text === '*' ? 'any' : text.includes('*') ? wildcardPattern(text) : 'exact'),
  open: 'literal',
  credentials: 'named',
  anyHeader: 'reflect',
  strictPreflight: true,
  preflightStatus: { allowed: 200, refused: 403 },
  vary: 'sent',
};
const allowedMethods = ['GET', 'PUT', 'POST', 'DELETE', 'HEAD'];
/** Words of other tools. */
const foreignWords: Readonly<Record<string, 'origins' | 'methods' | 'allowedHeaders' | 'exposedHeaders' | 'maxAge'>> = {
  origins: 'origins', origin: 'origins', alloworigin: 'origins', alloworigins: 'origins', methods: 'methods', method: 'methods', allowmethods: 'methods',
  headers: 'allowedHeaders', allowheaders: 'allowedHeaders', responseheader: 'allowedHeaders', exposeheaders: 'exposedHeaders', exposedheaders: 'exposedHeaders', maxage: 'maxAge', maxageseconds: 'maxAge', maxageinseconds: 'maxAge',
};

/** One rule. The first rule that fits a request answers it; each is judged as if it did. */
export function readS3Rule(map: TreeMap, document: TreeDocument, names: S3Names, framework: string, reference?: CloudPolicyInput['reference']): Policy {
  const known = [names.origins, names.methods, names.allowedHeaders, names.exposedHeaders, names.maxAge, ...names.others];
  const foreign = Object.fromEntries(Object.entries(foreignWords).map(([word, role]) => [word, names[role]]));
  const misspelt = unknownKeys(document, map, known, foreign);
  const methods = textsOf(entryOf(map, names.methods)?.value);
  return cloudPolicy({
    service: { ...service, framework }, document, reference,
    keys: {
      map, originsKey: names.origins, origins: entryOf(map, names.origins), methods: entryOf(map, names.methods), allowedHeaders: entryOf(map, names.allowedHeaders),
      exposedHeaders: entryOf(map, names.exposedHeaders), maxAge: entryOf(map, names.maxAge),
    },
    scope: methods.length > 0 ? `${methods.join(', ')} of the bucket` : 'the bucket',
    facts: [...misspelt, ...missingOrigins(map, misspelt, names.origins)],
    refusesToStart: refusal(map, methods, names),
  });
}

function missingOrigins(map: TreeMap, misspelt: readonly Fact[], key: string): Fact[] {
  const [first] = map.entries;
  if (first === undefined || map.open || entryOf(map, key) || misspelt.some((fact) => fact.kind === 'unknown-option' && fact.suggestion === key)) return [];
  return [{ kind: 'no-origin-configured', range: first.keyRange, set: map.entries.map(({ key }) => key) }];
}

/** Why S3 does not take the rule; in its own words. */
function refusal(map: TreeMap, methods: readonly string[], names: S3Names): string | undefined {
  const origin = textsOf(entryOf(map, names.origins)?.value).find((text) => text.split('*').length > 2);
  if (origin !== undefined) return `AllowedOrigin "${origin}" can not have more than one wildcard.`;
  const method = methods.find((name) => !allowedMethods.includes(name) && !/[$*{]/.test(name));
  if (method !== undefined) return `Found unsupported HTTP method in CORS config. Unsupported method is ${method}`;
  if (textsOf(entryOf(map, names.exposedHeaders)?.value).some((text) => text.includes('*'))) return 'ExposeHeader contains wildcard. We currently do not support wildcard for ExposeHeader.';
  return undefined;
}

function textsOf(node: TreeNode | undefined): string[] {
  if (node === undefined) return [];
  return (node.kind === 'list' ? node.items : [node]).filter(isString).map(({ value }) => value);
}
