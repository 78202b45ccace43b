/** CORS that a program gives to buckets, function URLs and HTTP APIs through Amazon's SDKs. */
import type { Expression, Program } from '../../../syntax/programs/program.ts';
import type { TreeEntry, TreeNode } from '../../../syntax/trees/tree.ts';
import { functionUrlPolicy, httpApiPolicy, templateNames } from './aws-cors-services.ts';
import type { AwsCorsInput } from './aws-cors-services.ts';
import { defineFramework } from '../../../models/framework.ts';
import { entriesWithKey } from '../../../models/libraries/object-keys.ts';
import type { Policy } from '../../../policy/policy.ts';
import { programTree } from '../../../models/services/program-tree.ts';
import { interfaceS3Names, readS3Rule } from './s3-rules.ts';
import { mapsOf } from '../../../edits/tree-edits.ts';

const id = 'aws-sdk';

export const framework = defineFramework({
  id,
  title: 'AWS SDKs',
  documentation: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketCors.html',
  reads:
    '`PutBucketCors`, `put_bucket_cors` and `BucketCors` (`CORSRules`), also for R2, MinIO and Spaces; `Cors` of function URLs and ' +
    '`CorsConfiguration` of HTTP APIs, in JavaScript, Python and Go',
  mentions: [
    'corsrules',
    'functionurlconfig',
    'function_url_config',
    'createapi',
    'create_api',
    'updateapi',
    'update_api',
  ],
  shape: 'program',
  languages: ['javascript', 'python', 'go'],
  read(program, context) {
    const isTyped = program.imports.some(({ module }) => module.startsWith('github.com/aws/'));
    const tree = programTree(program, () => undefined, isTyped ? 'none' : 'own');
    return {
      policies: settingsIn(program, (value) => tree.node(context.evaluator.evaluate(value))).flatMap((entry) =>
        policiesOf({
          document: tree.document,
          framework: id,
          entry,
          names: templateNames,
          scope: entry.key === 'Cors' ? 'the function URL' : 'the HTTP API',
          openByDefault: false,
          rejectsUnknown: true,
          reference: (node: TreeNode) => tree.reference(node),
        }),
      ),
      facts: [],
    };
  },
});

/** Keys of objects and dictionaries, fields of Go's types, and arguments by name. */
function settingsIn(program: Program, nodeOf: (expression: Expression) => TreeNode): TreeEntry[] {
  const keyed = entriesWithKey(program, 'CORSRules|CorsConfiguration|Cors').map(
    ({ entry: { key, keyRange, range, value } }): TreeEntry => ({ key: key!, keyRange, range, value: nodeOf(value) }),
  );
  const named = [...program.text.matchAll(/\b(?:CorsConfiguration|Cors)\b/g)].flatMap(
    ({ index, 0: key }): TreeEntry[] => {
      const call = program.expressionAt(index)?.parent;
      const argument =
        call?.kind === 'call' ? call.arguments.find(({ nameRange }) => nameRange?.start === index) : undefined;
      return argument?.nameRange
        ? [{ key, keyRange: argument.nameRange, range: argument.range, value: nodeOf(argument.value) }]
        : [];
    },
  );
  return [...keyed, ...named];
}

function policiesOf(input: AwsCorsInput): Policy[] {
  const { entry, document, reference } = input;
  const { key, value } = entry;
  if (key === 'CORSRules')
    return mapsOf(value)
      .filter(({ entries }) => entries.length > 0)
      .map((rule) => readS3Rule(rule, document, interfaceS3Names, id, reference));
  // Other libraries have such names, too.
  if (value.kind !== 'map' || !value.entries.some((inner) => inner.key === 'AllowOrigins')) return [];
  return [key === 'Cors' ? functionUrlPolicy(input) : httpApiPolicy(input)];
}
