/** CORS configuration of an S3 bucket as the command line and the console take it, and of stores that take the same. */
import type { TreeMap, TreeNode } from '../../../syntax/trees/tree.ts';
import { defineFramework } from '../../../models/framework.ts';
import { oneByOne } from '../../../models/in-steps.ts';
import { interfaceS3Names, readS3Rule } from './s3-rules.ts';
import type { S3Names } from './s3-rules.ts';
import { entryOf, mapsOf, valueAt } from '../../../edits/tree-edits.ts';

const names: S3Names = { ...interfaceS3Names, others: ['ID', 'Id'] };

export const framework = defineFramework({
  id: 'aws-s3',
  title: 'Amazon S3',
  documentation: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html',
  reads:
    'JSON of bucket CORS rules: a list, or `CORSRules`; also of R2, MinIO, Spaces and other stores with the same interface',
  mentions: ['allowedorigin', 'allowedmethod', 'corsrules'],
  shape: 'tree',
  formats: ['json'],
  *read(document) {
    const rules = rulesOf(document.root);
    return { policies: yield* oneByOne(rules, (rule) => [readS3Rule(rule, document, names, 'aws-s3')]), facts: [] };
  },
});

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
