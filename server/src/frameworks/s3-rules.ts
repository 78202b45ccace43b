/** CORS rules of Amazon S3 and of the stores that speak its language, from a file of their own or from a template. */
import type { TreeDocument, TreeMap, TreeNode } from '../syntax/tree.ts';
import type { Fact, Policy } from '../policy/policy.ts';
import { cloudPolicy, wildcardPattern } from './cloud-cors.ts';
import type { CloudPolicyInput, CloudService } from './cloud-cors.ts';
import { entryOf, removeItem, textNodesOf, unknownKeys } from './tree-edits.ts';

/** The interface and the templates have different names for two of the keys. */
export interface S3Names { readonly exposedHeaders: string; readonly maxAge: string; readonly others: readonly string[] }

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
const foreignNames: Readonly<Record<string, string>> = {
  origins: 'AllowedOrigins', origin: 'AllowedOrigins', alloworigin: 'AllowedOrigins', alloworigins: 'AllowedOrigins', methods: 'AllowedMethods', method: 'AllowedMethods', allowmethods: 'AllowedMethods',
  headers: 'AllowedHeaders', allowheaders: 'AllowedHeaders', responseheader: 'AllowedHeaders',
};

/** One rule. The first rule that fits a request answers it; each is judged as if it did. */
export function readS3Rule(map: TreeMap, document: TreeDocument, names: S3Names, framework: string, reference?: CloudPolicyInput['reference']): Policy {
  const known = ['AllowedOrigins', 'AllowedMethods', 'AllowedHeaders', names.exposedHeaders, names.maxAge, ...names.others];
  const foreign = { ...foreignNames, exposeheaders: names.exposedHeaders, exposedheaders: names.exposedHeaders, maxage: names.maxAge, maxageseconds: names.maxAge, maxageinseconds: names.maxAge };
  const misspelt = unknownKeys(document, map, known, foreign, undefined, true);
  const methods = textsOf(entryOf(map, 'AllowedMethods')?.value);
  const rejected = rejectedValues(document, map, names);
  const [first] = rejected;
  return cloudPolicy({
    service: { ...service, framework }, document, reference,
    keys: {
      map, originsKey: 'AllowedOrigins', origins: entryOf(map, 'AllowedOrigins'), methods: entryOf(map, 'AllowedMethods'), allowedHeaders: entryOf(map, 'AllowedHeaders'),
      exposedHeaders: entryOf(map, names.exposedHeaders), maxAge: entryOf(map, names.maxAge),
    },
    scope: methods.length > 0 ? `${methods.join(', ')} of the bucket` : 'the bucket',
    facts: [...misspelt, ...rejected, ...missingOrigins(map, misspelt)],
    ...(first?.kind === 'rejected-value' && { refusesToStart: first.explanation }),
  });
}

function missingOrigins(map: TreeMap, misspelt: readonly Fact[]): Fact[] {
  const [first] = map.entries;
  if (first === undefined || entryOf(map, 'AllowedOrigins') || misspelt.some((fact) => fact.kind === 'unknown-option' && fact.suggestion === 'AllowedOrigins')) return [];
  return [{ kind: 'no-origin-configured', range: first.keyRange, set: map.entries.map(({ key }) => key) }];
}

/** Values because of which S3 does not take the rules; in its own words. */
function rejectedValues(document: TreeDocument, map: TreeMap, names: S3Names): Fact[] {
  const rejected = (key: string, what: 'origin' | 'method' | 'header-name', isBad: (text: string) => boolean, explain: (text: string) => string): Fact[] => textNodesOf(entryOf(map, key)?.value)
    .filter(({ value }) => isBad(value))
    .map((node) => ({ kind: 'rejected-value', what, text: node.value, range: node.range, explanation: explain(node.value), ...(node.parent?.kind === 'list' && node.parent.items.length > 1 && { remove: () => removeItem(document, node) }) }));
  return [
    ...rejected('AllowedOrigins', 'origin', (text) => text.split('*').length > 2, (text) => `AllowedOrigin "${text}" can not have more than one wildcard.`),
    // A method in lower case is a finding of its own, with another way out.
    ...rejected('AllowedMethods', 'method', (text) => !allowedMethods.includes(text.toUpperCase()) && !/[$*{]/.test(text), (text) => `Found unsupported HTTP method in CORS config. Unsupported method is ${text}`),
    ...rejected(names.exposedHeaders, 'header-name', (text) => text.includes('*'), () => 'ExposeHeader contains wildcard. We currently do not support wildcard for ExposeHeader.'),
  ];
}

function textsOf(node: TreeNode | undefined): string[] {
  return textNodesOf(node).map(({ value }) => value);
}
