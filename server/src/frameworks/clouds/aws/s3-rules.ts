/** CORS rules of Amazon S3 and of the stores that speak its language, from a file of their own or from a template. */
import type { TreeDocument, TreeMap, TreeNode } from '../../../syntax/trees/tree.ts';
import type { Fact, Policy } from '../../../policy/policy.ts';
import { servicePolicy } from '../../../models/services/service-policy.ts';
import { wildcardPattern } from '../../../models/services/wildcard-pattern.ts';
import type { ServicePolicyInput, CorsService } from '../../../models/services/cors-service.ts';
import { entryOf, removeItem, textNodesOf, unknownKeys } from '../../../edits/tree-edits.ts';

/** The interface, the templates and other tools have different names for the keys. */
export interface S3Names {
  readonly origins: string;
  readonly methods: string;
  readonly allowedHeaders: string;
  readonly exposedHeaders: string;
  readonly maxAge: string;
  readonly others: readonly string[];
}

/** Of the interface, and of the SDKs, which call it. */
export const interfaceS3Names: S3Names = {
  origins: 'AllowedOrigins',
  methods: 'AllowedMethods',
  allowedHeaders: 'AllowedHeaders',
  exposedHeaders: 'ExposeHeaders',
  maxAge: 'MaxAgeSeconds',
  others: ['ID'],
};

/** Of templates. */
export const templateS3Names: S3Names = {
  origins: 'AllowedOrigins',
  methods: 'AllowedMethods',
  allowedHeaders: 'AllowedHeaders',
  exposedHeaders: 'ExposedHeaders',
  maxAge: 'MaxAge',
  others: ['Id'],
};

const service: CorsService = {
  framework: 'aws-s3',
  title: 'an S3 CORS rule',
  origin: (text) => (text === '*' ? 'any' : text.includes('*') ? wildcardPattern(text) : 'exact'),
  open: 'literal',
  credentials: 'named',
  anyHeader: 'reflect',
  listedHeaders: 'as-asked',
  strictPreflight: true,
  preflightStatus: { allowed: 200, refused: 403 },
  vary: 'sent',
};
const allowedMethods = ['GET', 'PUT', 'POST', 'DELETE', 'HEAD'];
/** Words of other tools. */
const foreignWords: Readonly<Record<string, 'origins' | 'methods' | 'allowedHeaders' | 'exposedHeaders' | 'maxAge'>> = {
  origins: 'origins',
  origin: 'origins',
  alloworigin: 'origins',
  alloworigins: 'origins',
  methods: 'methods',
  method: 'methods',
  allowmethods: 'methods',
  headers: 'allowedHeaders',
  allowheaders: 'allowedHeaders',
  responseheader: 'allowedHeaders',
  exposeheaders: 'exposedHeaders',
  exposedheaders: 'exposedHeaders',
  maxage: 'maxAge',
  maxageseconds: 'maxAge',
  maxageinseconds: 'maxAge',
};

/** One rule. The first rule that fits a request answers it; each is judged as if it did. */
export function readS3Rule(
  map: TreeMap,
  document: TreeDocument,
  names: S3Names,
  framework: string,
  reference?: ServicePolicyInput['reference'],
): Policy {
  const known = [
    names.origins,
    names.methods,
    names.allowedHeaders,
    names.exposedHeaders,
    names.maxAge,
    ...names.others,
  ];
  const foreign = Object.fromEntries(Object.entries(foreignWords).map(([word, role]) => [word, names[role]]));
  const misspelt = unknownKeys(document, map, known, foreign, undefined, true);
  const methods = textsOf(entryOf(map, names.methods)?.value);
  const rejected = rejectedValues(document, map, names);
  const [first] = rejected;
  return servicePolicy({
    service: { ...service, framework },
    document,
    reference,
    keys: {
      map,
      originsKey: names.origins,
      origins: entryOf(map, names.origins),
      methods: entryOf(map, names.methods),
      allowedHeaders: entryOf(map, names.allowedHeaders),
      exposedHeaders: entryOf(map, names.exposedHeaders),
      maxAge: entryOf(map, names.maxAge),
    },
    scope: methods.length > 0 ? `${methods.join(', ')} of the bucket` : 'the bucket',
    facts: [...misspelt, ...rejected, ...missingOrigins(map, misspelt, names.origins)],
    ...(first?.kind === 'rejected-value' && { refusesToStart: first.explanation }),
  });
}

function missingOrigins(map: TreeMap, misspelt: readonly Fact[], key: string): Fact[] {
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

/** Values because of which S3 does not take the rules; in its own words. */
function rejectedValues(document: TreeDocument, map: TreeMap, names: S3Names): Fact[] {
  const rejected = (
    key: string,
    what: 'origin' | 'method' | 'header-name',
    isBad: (text: string) => boolean,
    explain: (text: string) => string,
  ): Fact[] =>
    textNodesOf(entryOf(map, key)?.value)
      .filter(({ value }) => isBad(value))
      .map((node) => ({
        kind: 'rejected-value',
        what,
        text: node.value,
        range: node.range,
        explanation: explain(node.value),
        ...(node.parent?.kind === 'list' &&
          node.parent.items.length > 1 && { remove: () => removeItem(document, node) }),
      }));
  return [
    ...rejected(
      names.origins,
      'origin',
      (text) => text.split('*').length > 2,
      (text) => `AllowedOrigin "${text}" can not have more than one wildcard.`,
    ),
    // A method in lower case is a finding of its own, with another way out.
    ...rejected(
      names.methods,
      'method',
      (text) => !allowedMethods.includes(text.toUpperCase()) && !/[$*{]/.test(text),
      (text) => `Found unsupported HTTP method in CORS config. Unsupported method is ${text}`,
    ),
    ...rejected(
      names.exposedHeaders,
      'header-name',
      (text) => text.includes('*'),
      () => 'ExposeHeader contains wildcard. We currently do not support wildcard for ExposeHeader.',
    ),
  ];
}

function textsOf(node: TreeNode | undefined): string[] {
  return textNodesOf(node).map(({ value }) => value);
}
