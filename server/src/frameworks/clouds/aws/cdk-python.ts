/** CORS settings of Amazon's services in Python programs that deploy them: the CDK and Pulumi. */
import type { Call, Expression, Node, Program } from '../../../syntax/programs/program.ts';
import type { TreeEntry, TreeMap, TreeNode } from '../../../syntax/trees/tree.ts';
import type { Policy } from '../../../policy/policy.ts';
import { cloudFrontPolicy, functionUrlPolicy, httpApiPolicy, restPreflightPolicy } from './aws-cors-services.ts';
import type { AwsCorsInput, CorsNames } from './aws-cors-services.ts';
import { defineFramework } from '../../../models/framework.ts';
import type { ProgramContext } from '../../../models/framework.ts';
import { mappedResponse } from './apigateway-openapi.ts';
import { methodAround } from './cdk-overrides.ts';
import { cdkConstant } from './cdk-constants.ts';
import { programTree } from '../../../models/services/program-tree.ts';
import type { ProgramTree } from '../../../models/services/program-tree.ts';
import { readS3Rule } from './s3-rules.ts';
import type { S3Names } from './s3-rules.ts';
import { mapsOf } from '../../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'cdk-python',
  title: 'AWS CDK and Pulumi (Python)',
  documentation: 'https://docs.aws.amazon.com/cdk/api/v2/python/aws_cdk.aws_apigateway/CorsOptions.html',
  reads:
    '`CorsRule`, `CorsOptions`, `CorsPreflightOptions`, `FunctionUrlCorsOptions`, `ResponseHeadersCorsBehavior`, plain resources and ' +
    'dictionaries of `aws_cdk`; the same arguments of `pulumi_aws`',
  mentions: ['aws_cdk', 'pulumi_aws'],
  shape: 'program',
  languages: ['python'],
  read(program, context) {
    if (!program.imports.some(({ module }) => /^(aws_cdk|pulumi_aws)($|\.)/.test(module)))
      return { policies: [], facts: [] };
    const reader = new PythonReader(program, context);
    return { policies: [...reader.policies(program), ...reader.responses(program)], facts: [] };
  },
});

type Kind = 'rule' | 'rest' | 'api' | 'url' | 'cloudfront';

/** Classes that hold settings, and methods that take them. Pulumi has the names of the provider. */
const holders: Readonly<Record<string, Kind>> = {
  CorsRule: 'rule',
  CorsRuleProperty: 'rule',
  add_cors_rule: 'rule',
  CorsOptions: 'rest',
  add_cors_preflight: 'rest',
  CorsPreflightOptions: 'api',
  CorsProperty: 'api',
  FunctionUrlCorsOptions: 'url',
  ResponseHeadersCorsBehavior: 'cloudfront',
  CorsConfigProperty: 'cloudfront',
  BucketCorsRuleArgs: 'rule',
  BucketV2CorsRuleArgs: 'rule',
  BucketCorsConfigurationCorsRuleArgs: 'rule',
  BucketCorsConfigurationV2CorsRuleArgs: 'rule',
  ApiCorsConfigurationArgs: 'api',
  FunctionUrlCorsArgs: 'url',
  ResponseHeadersPolicyCorsConfigArgs: 'cloudfront',
};
/** Arguments whose value is a dictionary, which both tools take in the place of these classes. */
const dictionaries: Readonly<Record<string, Kind>> = {
  default_cors_preflight_options: 'rest',
  cors_preflight: 'api',
  cors_behavior: 'cloudfront',
  cors_config: 'cloudfront',
  cors_configuration: 'api',
  // A list of rules is a bucket's.
  cors: 'url',
  cors_rules: 'rule',
};
const words = new RegExp(`\\b(${[...Object.keys(holders), ...Object.keys(dictionaries)].join('|')})\\b`, 'g');

const ruleNames = {
  origins: 'allowed_origins',
  methods: 'allowed_methods',
  allowedHeaders: 'allowed_headers',
  others: ['id'],
};
const cdkRule: S3Names = { ...ruleNames, exposedHeaders: 'exposed_headers', maxAge: 'max_age' };
const pulumiRule: S3Names = { ...ruleNames, exposedHeaders: 'expose_headers', maxAge: 'max_age_seconds' };
const apiNames: CorsNames = {
  origins: 'allow_origins',
  credentials: 'allow_credentials',
  methods: 'allow_methods',
  allowedHeaders: 'allow_headers',
  exposedHeaders: 'expose_headers',
  maxAge: 'max_age',
};
/** Of the CDK's own class for function URLs. */
const urlNames: CorsNames = {
  origins: 'allowed_origins',
  credentials: 'allow_credentials',
  methods: 'allowed_methods',
  allowedHeaders: 'allowed_headers',
  exposedHeaders: 'exposed_headers',
  maxAge: 'max_age',
};
const refusal = "allow_credentials is not supported when allow_origin is '*'";

class PythonReader {
  readonly #tree: ProgramTree;
  readonly #context: ProgramContext;
  readonly #isPulumi: boolean;

  constructor(program: Program, context: ProgramContext) {
    this.#tree = programTree(program, cdkConstant);
    this.#context = context;
    this.#isPulumi = program.imports.some(({ module }) => module.startsWith('pulumi_aws'));
  }

  policies(program: Program): Policy[] {
    const seen = new Set<number>();
    return [...program.text.matchAll(words)].flatMap(({ index, 0: word }) =>
      this.#settingsAt(program, index, word)
        .filter(({ map }) => !seen.has(map.range.start) && seen.add(map.range.start))
        .map((found) => this.#policy(found, word)),
    );
  }

  /** Headers of an integration: `IntegrationResponse(response_parameters={'method.response.header.…': "'*'"})`. */
  responses(program: Program): Policy[] {
    return [...program.text.matchAll(/\bresponse_parameters(?=\s*=)/g)].flatMap(({ index }) => {
      let around: Node | undefined = program.expressionAt(index);
      while (around !== undefined && around.kind !== 'call') around = around.parent;
      const argument = around?.arguments.find(({ nameRange }) => nameRange?.start === index);
      const map = argument && this.#tree.node(this.#context.evaluator.evaluate(argument.value));
      if (argument === undefined || map?.kind !== 'map') return [];
      const isPreflight = methodAround(argument.value) === 'OPTIONS';
      const prefix = 'method.response.header.';
      return mappedResponse(this.#tree.document, 'cdk-python', map, prefix, 'an integration', isPreflight);
    });
  }

  #settingsAt(program: Program, index: number, word: string): Settings[] {
    const expression = program.expressionAt(index);
    const kind = holders[word];
    if (kind !== undefined) {
      // `s3.CorsRule` is one expression, of which the word is the end.
      const called = expression?.parent?.kind === 'member' ? expression.parent : expression;
      const call = called?.parent;
      return call?.kind === 'call' && call.callee.range.end === index + word.length
        ? [{ kind, map: this.#keywordMap(call), keyRange: call.range }]
        : [];
    }
    const call = expression?.kind === 'call' ? expression : expression?.parent;
    const argument =
      call?.kind === 'call' ? call.arguments.find(({ nameRange }) => nameRange?.start === index) : undefined;
    // What is made by a class is found by its name.
    if (argument?.nameRange === undefined || argument.value.kind === 'call') return [];
    const value = this.#node(argument.value);
    const keyRange = argument.nameRange;
    if (value.kind === 'map') return [{ kind: dictionaries[word]!, map: value, keyRange }];
    return mapsOf(value)
      .filter(({ entries }) => entries.length > 0)
      .map((map) => ({ kind: 'rule', map, keyRange }));
  }

  /** The keyword arguments of a call. Nothing is known of what two stars bring in. */
  #keywordMap(call: Call): TreeMap {
    const entries = call.arguments.flatMap(({ name, nameRange, value, range }): TreeEntry[] =>
      name === undefined || nameRange === undefined
        ? []
        : [{ key: name, keyRange: nameRange, value: this.#node(value), range }],
    );
    const isOpen = call.arguments.some(({ spread }) => spread);
    return { kind: 'map', entries, range: call.range, shared: true, ...(isOpen && { open: true as const }) };
  }

  #node(expression: Expression): TreeNode {
    // Lists of texts are wrapped once more for CloudFront.
    const isWrapped = expression.kind === 'call' && expression.arguments.some(({ name }) => name === 'items');
    return isWrapped ? this.#keywordMap(expression) : this.#tree.node(this.#context.evaluator.evaluate(expression));
  }

  #policy({ kind, map, keyRange }: Settings, word: string): Policy {
    const { document } = this.#tree;
    const reference = (node: TreeNode) => this.#tree.reference(node);
    const isPulumi = this.#isPulumi;
    const isPlain = word === 'CorsProperty' && this.#isOf(map, /CfnUrl\b/);
    const scope = kind === 'rest' ? 'the REST API' : kind === 'api' ? 'the HTTP API' : 'the function URL';
    const input: AwsCorsInput = {
      document,
      framework: framework.id,
      entry: { key: word, keyRange, value: map, range: map.range },
      names: kind === 'url' && !isPulumi ? urlNames : apiNames,
      scope,
      openByDefault: false,
      rejectsUnknown: true,
      reference,
      ...(!isPulumi && word !== 'CorsProperty' && { refusesLongTimes: true, refusal }),
    };
    switch (kind) {
      case 'rule':
        return readS3Rule(map, document, isPulumi ? pulumiRule : cdkRule, framework.id, reference);
      case 'cloudfront':
        return cloudFrontPolicy(document, framework.id, map, 'the response headers policy', reference, 'snake');
      case 'rest':
        return restPreflightPolicy(input);
      case 'url':
        return functionUrlPolicy({ ...input, ...(!isPulumi && { defaults: { methods: ['*'] } }) });
      case 'api':
        return isPlain ? functionUrlPolicy({ ...input, scope: 'the function URL' }) : httpApiPolicy(input);
    }
  }

  /** `lambda_.CfnUrl.CorsProperty(…)`. */
  #isOf({ range }: TreeMap, owner: RegExp): boolean {
    return owner.test(this.#tree.document.text.slice(range.start, range.end).split('(')[0]!);
  }
}

interface Settings {
  readonly kind: Kind;
  readonly map: TreeMap;
  readonly keyRange: TreeEntry['keyRange'];
}
