/**
 * CORS rules of Azure Storage. A `*` by itself is answered with `*`; beside others everybody is answered with the own
 * origin, together with credentials, as every origin is that the rule names.
 */
import type { TreeDocument, TreeMap } from '../../../syntax/trees/tree.ts';
import type { HeaderRule, Policy } from '../../../policy/policy.ts';
import type { RequestTest } from '../../../policy/request-test.ts';
import { all, not } from '../../../policy/request-test.ts';
import { servicePolicy } from '../../../models/services/service-policy.ts';
import { wildcardPattern } from '../../../models/services/wildcard-pattern.ts';
import type { ServicePolicyInput, CorsService } from '../../../models/services/cors-service.ts';
import { entryOf, textNodesOf, unknownKeys } from '../../../edits/tree-edits.ts';

/** What each tool calls the keys of a rule. */
export interface StorageRuleNames {
  readonly origins: string;
  readonly methods: string;
  readonly allowedHeaders: string;
  readonly exposedHeaders: string;
  readonly maxAge: string;
}

const base: Omit<CorsService, 'framework' | 'open' | 'credentials' | 'vary'> = {
  title: 'a CORS rule of Azure Storage',
  // The service keeps the list as one text with commas, so that one more in it may count.
  origin: (text) =>
    text === '*' ? 'any' : /^\[.*\]$|,/.test(text) ? 'unknown' : text.includes('*') ? wildcardPattern(text) : 'exact',
  anyHeader: 'reflect',
  strictPreflight: true,
  preflightStatus: { allowed: 200, refused: 403 },
  listedMethods: 'as-asked',
  listedHeaders: 'as-asked',
};

/** The policy of one rule, whichever tool writes it. */
export function azureStorageRule(
  map: TreeMap,
  document: TreeDocument,
  names: StorageRuleNames,
  framework: string,
  scope: string,
  reference?: ServicePolicyInput['reference'],
): Policy {
  const origins = entryOf(map, names.origins);
  const policy = servicePolicy({
    service: { ...base, framework, ...answersTo(textNodesOf(origins?.value).map(({ value }) => value)) },
    document,
    reference,
    scope,
    keys: {
      map,
      originsKey: names.origins,
      origins,
      methods: entryOf(map, names.methods),
      allowedHeaders: entryOf(map, names.allowedHeaders),
      exposedHeaders: entryOf(map, names.exposedHeaders),
      maxAge: entryOf(map, names.maxAge),
    },
    facts: unknownKeys(document, map, Object.values(names), foreignNames(names), undefined, true),
  });
  return {
    ...policy,
    settings: { ...policy.settings, ...exposedWildcards(policy.settings) },
    headers: policy.headers.flatMap(asAnswered),
  };
}

/** A `*` alone is sent as it is; beside other origins everybody is named. */
function answersTo(
  origins: readonly string[],
): Pick<CorsService, 'vary' | 'open' | 'credentials' | 'credentialsDefault'> {
  if (!origins.includes('*')) return { vary: 'sent', open: 'literal', credentials: 'named' };
  return origins.length > 1
    ? { vary: 'sent', open: 'reflect', credentials: 'setting', credentialsDefault: true }
    : { vary: 'never', open: 'literal', credentials: 'named' };
}

function foreignNames(names: StorageRuleNames): Readonly<Record<string, string>> {
  return {
    origins: names.origins,
    methods: names.methods,
    headers: names.allowedHeaders,
    exposeheaders: names.exposedHeaders,
    maxage: names.maxAge,
    maxageseconds: names.maxAge,
  };
}

/** The names of the answer's headers that begin so are sent, with and without credentials. */
function exposedWildcards({ exposedHeaders }: Policy['settings']): Pick<Policy['settings'], 'exposedHeaders'> {
  const wildcards = Array.isArray(exposedHeaders?.value) && exposedHeaders.value.some(({ text }) => text.includes('*'));
  return exposedHeaders && wildcards ? { exposedHeaders: { ...exposedHeaders, value: 'unknown' } } : {};
}

/**
 * A preflight names the caller and allows cookies even where everybody may read; what wildcards of exposed headers
 * stand for depends on the answer.
 */
function asAnswered(rule: HeaderRule): HeaderRule[] {
  if (rule.name === 'access-control-expose-headers' && rule.value.kind === 'text' && rule.value.text.includes('*'))
    return [{ ...rule, value: { kind: 'unknown' }, when: all([rule.when, not(preflight)]) }];
  if (rule.name === 'vary' || rule.name === 'access-control-expose-headers')
    return [{ ...rule, when: all([rule.when, not(preflight)]) }];
  if (rule.name !== 'access-control-allow-origin' || rule.value.kind !== 'text') return [rule];
  const when = all([rule.when, preflight]);
  return [
    rule,
    { ...rule, value: { kind: 'request-origin' }, when },
    { ...rule, name: 'access-control-allow-credentials', value: { kind: 'text', text: 'true' }, when },
  ];
}

const preflight: RequestTest = { kind: 'preflight' };
