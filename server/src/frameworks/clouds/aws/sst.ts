/** CORS of what SST deploys to AWS: APIs, URLs of functions and buckets, of its components and of the constructs of version 2. */
import type { Call, Program } from '../../../syntax/programs/program.ts';
import type { TreeEntry, TreeMap, TreeNode } from '../../../syntax/trees/tree.ts';
import type { Policy } from '../../../policy/policy.ts';
import { defineFramework } from '../../../models/framework.ts';
import type { ProgramContext } from '../../../models/framework.ts';
import { entriesWithKey, keyOf } from '../../../models/libraries/object-keys.ts';
import type { KeyedEntry } from '../../../models/libraries/object-keys.ts';
import { apiNames, functionUrlPolicy, httpApiPolicy } from './aws-cors-services.ts';
import { programTree } from '../../../models/services/program-tree.ts';
import { readS3Rule } from './s3-rules.ts';
import type { S3Names } from './s3-rules.ts';
import { entryOf } from '../../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'sst',
  title: 'SST',
  documentation: 'https://sst.dev/docs/component/aws/apigatewayv2#cors',
  reads:
    '`cors` of `sst.aws.ApiGatewayV2`, `sst.aws.Function` and `sst.aws.Bucket`, and of constructs of `sst/constructs`',
  mentions: ['sst.aws.', 'sst/constructs', '@serverless-stack/resources'],
  shape: 'program',
  languages: ['javascript'],
  read(program, context) {
    const constructs = program.imports.some(({ module }) =>
      /^(sst\/constructs|@serverless-stack\/resources)$/.test(module),
    );
    const sites = entriesWithKey(program, 'cors').flatMap((keyed) => siteOf(keyed, constructs));
    return { policies: sites.flatMap((site) => readSite(site, program, context)), facts: [] };
  },
});

interface Site extends KeyedEntry {
  readonly kind: 'api' | 'url' | 'bucket';
  readonly scope: string;
}

const kinds: Readonly<Record<string, Site['kind']>> = {
  ApiGatewayV2: 'api',
  Api: 'api',
  Function: 'url',
  Bucket: 'bucket',
};

const bucketNames: S3Names = { ...apiNames, others: [] };
const ruleNames: S3Names = {
  origins: 'allowedOrigins',
  methods: 'allowedMethods',
  allowedHeaders: 'allowedHeaders',
  exposedHeaders: 'exposedHeaders',
  maxAge: 'maxAge',
  others: ['id'],
};

/** `cors` of the resource itself, or of `url` in a function's. */
function siteOf(keyed: KeyedEntry, constructs: boolean): Site[] {
  const url = keyOf(keyed.object);
  const owner = url?.entry.key === 'url' ? url.object : keyed.object;
  const call = owner.parent?.kind === 'call' ? owner.parent : undefined;
  const [, type] =
    /^sst\.aws\.(\w+)$/.exec(call?.callee.text ?? '') ??
    (constructs ? /^(\w+)$/.exec(call?.callee.text ?? '') : null) ??
    [];
  const kind = type !== undefined && Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  if (call === undefined || kind === undefined || (url !== undefined) !== (kind === 'url')) return [];
  return [{ ...keyed, kind, scope: nameOf(call) ?? type! }];
}

function nameOf(call: Call): string | undefined {
  const named = call.arguments.map(({ value }) => value).find(({ kind }) => kind === 'string');
  return named?.kind === 'string' ? named.value : undefined;
}

function readSite({ entry, kind, scope }: Site, program: Program, context: ProgramContext): Policy[] {
  const tree = programTree(program, () => undefined);
  const value = tree.node(context.evaluator.evaluate(entry.value));
  const shared = {
    document: tree.document,
    framework: 'sst',
    scope,
    reference: (node: TreeNode) => tree.reference(node),
  };
  if (kind === 'bucket') {
    const rules = value.kind === 'list' ? value.items : [value];
    return rules.filter(isBucketRule).map((map) => {
      const keys = value.kind === 'list' ? ruleNames : bucketNames;
      return readS3Rule(withoutDuration(map), tree.document, keys, 'sst', shared.reference);
    });
  }
  if (value.kind !== 'map' || value.entries.length === 0) return [];
  const settings: TreeEntry = { ...entry, key: 'cors', value: withoutDuration(value) };
  const read = kind === 'api' ? httpApiPolicy : functionUrlPolicy;
  // What is left out stands for everything.
  return [
    read({
      ...shared,
      entry: settings,
      names: apiNames,
      openByDefault: true,
      rejectsUnknown: true,
      defaults: { methods: ['*'], headers: ['*'] },
    }),
  ];
}

function isBucketRule(node: TreeNode): node is TreeMap {
  return node.kind === 'map' && ['allowOrigins', 'allowedOrigins'].some((key) => entryOf(node, key) !== undefined);
}

/** `1 day` is no number of seconds. */
function withoutDuration(map: TreeMap): TreeMap {
  return { ...map, entries: map.entries.filter(({ key }) => key !== 'maxAge') };
}
