/** CORS configuration of an S3 bucket as the command line and the console take it, and of stores that take the same. */
import type { TreeEntry, TreeMap, TreeNode } from '../../../syntax/trees/tree.ts';
import type { Policy } from '../../../policy/policy.ts';
import { defineFramework } from '../../../models/framework.ts';
import { oneByOne } from '../../../models/in-steps.ts';
import { interfaceS3Names, readS3Rule } from './s3-rules.ts';
import type { S3Names } from './s3-rules.ts';
import { entryOf, mapsOf, valueAt } from '../../../edits/tree-edits.ts';
import { elementsBelow, elementsOf, entryFor, listEntry, textNode } from '../../../edits/xml-elements.ts';

const names: S3Names = { ...interfaceS3Names, others: ['ID', 'Id'] };

export const framework = defineFramework({
  id: 'aws-s3',
  title: 'Amazon S3',
  documentation: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html',
  reads:
    'JSON of bucket CORS rules: a list, or `CORSRules`; XML with `CORSConfiguration`; also of R2, MinIO, Spaces and other ' +
    'stores with the same interface',
  mentions: ['allowedorigin', 'allowedmethod', 'corsrules'],
  shape: 'tree',
  formats: ['json', 'xml'],
  *read(document) {
    const policies =
      document.format === 'xml'
        ? yield* oneByOne(xmlRules(document.root), (rule) => [asElements(readS3Rule(rule, document, names, 'aws-s3'))])
        : yield* oneByOne(rulesOf(document.root), (rule) => [readS3Rule(rule, document, names, 'aws-s3')]);
    return { policies, facts: [] };
  },
});

const xmlNames: Readonly<Record<string, string>> = {
  AllowedOrigin: names.origins,
  AllowedMethod: names.methods,
  AllowedHeader: names.allowedHeaders,
  ExposeHeader: names.exposedHeaders,
};

/** `<CORSRule>` with an element for each value, as the map that the JSON of the same rule is. */
function xmlRules(root: TreeNode | undefined): TreeMap[] {
  return elementsBelow(root, 'CORSConfiguration')
    .flatMap((configuration) => elementsOf(configuration, 'CORSRule'))
    .map((rule) => {
      const lists = Object.entries(xmlNames).flatMap(([name, key]): TreeEntry[] => {
        const elements = elementsOf(rule, name);
        const first = elements[0] && entryFor(elements[0]);
        const members = elements.flatMap((element) => textNode(element) ?? []);
        return first && members.length > 0 ? [{ ...listEntry(first, members), key }] : [];
      });
      const age = textNode(elementsOf(rule, 'MaxAgeSeconds')[0]);
      const maxAge = age && { key: names.maxAge, keyRange: age.range, value: age, range: age.range };
      return { ...rule, entries: [...lists, ...(maxAge ? [maxAge] : [])] };
    });
}

/** Only what stands between two tags is written anew: another value is another element. */
function asElements(policy: Policy): Policy {
  const { origins } = policy.settings;
  const value = origins.value.map((entry) => ({
    ...entry,
    edits: entry.edits?.replaceText && { replaceText: entry.edits.replaceText },
  }));
  const facts = policy.facts.map((fact) => (fact.kind === 'multiple-origins' ? { ...fact, toList: undefined } : fact));
  return { ...policy, settings: { ...policy.settings, origins: { ...origins, value } }, facts, edits: {} };
}

/** A list is one of CORS rules when its members have their keys; under `CORSRules` no more is asked. */
function rulesOf(root: TreeNode | undefined): TreeMap[] {
  if (root?.kind === 'list') return mapsOf(root).filter(looksLikeRule);
  const named = valueAt(root, 'CORSRules') ?? valueAt(root, 'CORSConfiguration', 'CORSRules');
  return mapsOf(named).filter(({ entries }) => entries.length > 0);
}

/** The methods and one more key, of which each holds a list. */
function looksLikeRule(map: TreeMap): boolean {
  const lists = map.entries.filter(
    ({ key, value }) =>
      /^(Allow(ed)?(Origin|Method|Header)s?|Expose(d)?Headers?)$/i.test(key) &&
      (value.kind === 'list' || value.kind === 'scalar'),
  );
  const capital = lists.every(({ key }) => /^[A-Z]/.test(key));
  return (
    capital &&
    lists.length >= 2 &&
    lists.some(({ value }) => value.kind === 'list') &&
    (entryOf(map, 'AllowedMethods') ?? entryOf(map, 'AllowedOrigins')) !== undefined
  );
}
