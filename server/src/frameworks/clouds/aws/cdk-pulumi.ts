/** CORS settings of Amazon's services in programs that deploy them: the CDK and Pulumi, in JavaScript and TypeScript. */
import type { Call, Expression, ObjectEntry } from '../../../syntax/programs/program.ts';
import type { TreeEntry, TreeMap, TreeNode } from '../../../syntax/trees/tree.ts';
import type { Policy } from '../../../policy/policy.ts';
import {
  apiNames,
  cloudFrontPolicy,
  functionUrlPolicy,
  httpApiPolicy,
  restPreflightPolicy,
} from './aws-cors-services.ts';
import type { AwsCorsInput, CorsNames } from './aws-cors-services.ts';
import { misplaced } from '../../../models/services/locked-out.ts';
import { defineFramework } from '../../../models/framework.ts';
import type { ProgramContext } from '../../../models/framework.ts';
import type { Program } from '../../../syntax/programs/program.ts';
import { cdkConstant } from './cdk-constants.ts';
import { distributionFacts } from './cdk-distributions.ts';
import { placeInConstruct } from './cdk-places.ts';
import { overridePolicies, responsePolicies } from './cdk-overrides.ts';
import { programTree } from '../../../models/services/program-tree.ts';
import type { ProgramTree } from '../../../models/services/program-tree.ts';
import { readS3Rule } from './s3-rules.ts';
import type { S3Names } from './s3-rules.ts';
import { entryOf, mapsOf } from '../../../edits/tree-edits.ts';
import { lastName } from '../../../syntax/programs/last-name.ts';

export const framework = defineFramework({
  id: 'cdk-pulumi',
  title: 'AWS CDK and Pulumi',
  documentation: 'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_apigateway.CorsOptions.html',
  reads:
    'buckets, HTTP and REST APIs, function URLs and CloudFront response headers policies of `aws-cdk-lib` and `@pulumi/aws`',
  mentions: ['aws-cdk-lib', '@aws-cdk/', '@pulumi/aws'],
  shape: 'program',
  languages: ['javascript'],
  read(program, context) {
    const pulumi = program.imports.some(({ module }) => /^@pulumi\/aws(x|-native)?($|\/)/.test(module));
    if (!pulumi && !program.imports.some(({ module }) => /^(aws-cdk-lib|@aws-cdk\/)/.test(module)))
      return { policies: [], facts: [] };
    const reader = new DeploymentReader(
      program,
      context,
      pulumi ? { s3: pulumiS3, functionUrl: apiNames } : { tool: 'cdk', s3: cdkS3, functionUrl: cdkUrlNames },
    );
    const sites = sitesIn(program).map((site) => ({
      site,
      belongs: site.call && placeInConstruct(site.name, site.call, context.evaluator),
    }));
    return {
      policies: [
        ...sites.filter(({ belongs }) => belongs === undefined).flatMap(({ site }) => reader.read(site)),
        ...(pulumi ? [] : reader.pastClasses(program)),
      ],
      facts: [
        ...sites.flatMap(({ site, belongs }) =>
          belongs === undefined ? [] : [misplaced({ key: site.name, keyRange: site.keyRange }, belongs)],
        ),
        ...(pulumi ? [] : distributionFacts(program, context.evaluator, reader.nodeOf)),
      ],
    };
  },
});

const cdkS3: S3Names = {
  origins: 'allowedOrigins',
  methods: 'allowedMethods',
  allowedHeaders: 'allowedHeaders',
  exposedHeaders: 'exposedHeaders',
  maxAge: 'maxAge',
  others: ['id'],
};
const pulumiS3: S3Names = {
  origins: 'allowedOrigins',
  methods: 'allowedMethods',
  allowedHeaders: 'allowedHeaders',
  exposedHeaders: 'exposeHeaders',
  maxAge: 'maxAgeSeconds',
  others: ['id'],
};
/** The CDK's own; Pulumi and the CDK's plain resources have the names of HTTP APIs here, too. */
const cdkUrlNames: CorsNames = {
  origins: 'allowedOrigins',
  credentials: 'allowCredentials',
  methods: 'allowedMethods',
  allowedHeaders: 'allowedHeaders',
  exposedHeaders: 'exposedHeaders',
  maxAge: 'maxAge',
};

/** Keys of settings objects, and methods that take one. */
const words =
  /\b(cors|corsRules|corsPreflight|corsConfiguration|corsConfig|corsBehavior|defaultCorsPreflightOptions|addCorsPreflight|addCorsRule)\b/g;

/** Settings under a name. */
interface Site {
  readonly name: string;
  readonly scope: string;
  readonly keyRange: ObjectEntry['keyRange'];
  readonly value: Expression;
  readonly range: ObjectEntry['range'];
  /** What takes the settings as one of its properties. */ readonly call?: Call;
  /** Of `new CfnUrl(…)`, whose settings go into the template as they are. */ readonly plain: boolean;
}

function sitesIn(program: Program): Site[] {
  const found: Site[] = [];
  for (const { index, 0: name } of program.text.matchAll(words)) {
    const expression = program.expressionAt(index);
    if (expression === undefined) continue;
    const site =
      expression.kind === 'member'
        ? (methodSite(expression, name) ?? assignedSite(expression, name))
        : keySite(expression, index, name);
    if (site) found.push(site);
  }
  return found;
}

/** `bucket.addCorsRule({ … })`. */
function methodSite(member: Expression, name: string): Site | undefined {
  const call = member.parent;
  const [argument] = call?.kind === 'call' ? call.arguments : [];
  if (
    member.kind !== 'member' ||
    member.property !== name ||
    call?.kind !== 'call' ||
    argument === undefined ||
    argument.spread
  )
    return undefined;
  return {
    name,
    scope: member.object.text.split('.').at(-1)!.slice(0, 40),
    keyRange: member.propertyRange,
    value: argument.value,
    range: call.range,
    plain: false,
  };
}

/** `cfnApi.corsConfiguration = { … }`, of a plain resource. */
function assignedSite(member: Expression, name: string): Site | undefined {
  const { parent } = member;
  if (member.kind !== 'member' || member.property !== name || parent?.kind !== 'assignment') return undefined;
  if (parent.target !== member && parent.target.range.end !== member.range.end) return undefined;
  const scope = member.object.text.split('.').at(-1)!.slice(0, 40);
  return { name, scope, keyRange: member.propertyRange, value: parent.value, range: parent.range, plain: true };
}

/** `cors: [ … ]`, and `cors` alone. */
function keySite(expression: Expression, offset: number, name: string): Site | undefined {
  const object = expression.kind === 'object' ? expression : expression.parent;
  const entry =
    object?.kind === 'object'
      ? object.entries.find(({ keyRange }) => keyRange.start <= offset && offset < keyRange.end)
      : undefined;
  if (object?.kind !== 'object' || entry?.key !== name || entry.spread) return undefined;
  const call = object.parent?.kind === 'call' ? object.parent : undefined;
  return {
    name,
    scope: call ? resourceName(call) : name,
    keyRange: entry.keyRange,
    value: entry.value,
    range: entry.range,
    ...(call && { call }),
    plain: call !== undefined && /^Cfn/.test(lastName(call.callee)),
  };
}

/** The text that names a resource: `new Bucket(this, 'Uploads', …)`, `new aws.s3.Bucket('uploads', …)`. */
function resourceName(call: Call): string {
  const named = call.arguments.map(({ value }) => value).find((value) => value.kind === 'string');
  return named?.kind === 'string' ? named.value : lastName(call.callee);
}

const cdkChecks = { refusesLongTimes: true, refusal: "allowCredentials is not supported when allowOrigin is '*'" };

interface ToolNames {
  readonly tool?: 'cdk';
  readonly s3: S3Names;
  readonly functionUrl: CorsNames;
}

class DeploymentReader {
  readonly #tree: ProgramTree;
  readonly #context: ProgramContext;
  readonly #names: ToolNames;

  constructor(program: Program, context: ProgramContext, names: ToolNames) {
    this.#tree = programTree(program, cdkConstant);
    this.#context = context;
    this.#names = names;
  }

  read(site: Site): Policy[] {
    const value = this.#tree.node(this.#context.evaluator.evaluate(site.value));
    switch (site.name) {
      case 'addCorsRule':
        return this.#rules([value]);
      case 'corsRules':
        return this.#rules(mapsOf(value));
      // A list is a bucket's; a map belongs to a function's URL.
      case 'cors':
        return value.kind === 'list'
          ? this.#rules(value.items)
          : this.#map(value, () =>
              functionUrlPolicy(
                site.plain
                  ? this.#input(site, value, apiNames)
                  : {
                      ...this.#input(site, value, this.#names.functionUrl),
                      ...(this.#names.tool && { defaults: { methods: ['*'] } }),
                    },
              ),
            );
      case 'corsPreflight':
      case 'corsConfiguration':
        return this.#apiOrRules(site, value);
      case 'corsConfig':
      case 'corsBehavior':
        return value.kind === 'map'
          ? [cloudFrontPolicy(this.#tree.document, 'cdk-pulumi', value, site.scope, this.#reference, 'small')]
          : [];
      default:
        return this.#map(value, () => restPreflightPolicy(this.#input(site, value, apiNames)));
    }
  }

  /** What is written past the classes of the CDK. */
  pastClasses(program: Program): Policy[] {
    return [
      ...responsePolicies(program, this.#tree, this.nodeOf),
      ...overridePolicies(program, this.#tree, this.nodeOf),
    ];
  }

  /** The expression's value as a node of the program's tree. */
  readonly nodeOf = (expression: Expression): TreeNode => this.#tree.node(this.#context.evaluator.evaluate(expression));

  readonly #reference = (node: TreeNode) => this.#tree.reference(node);

  /** `corsConfiguration` of the CDK's plain resources holds a bucket's rules, too. */
  #apiOrRules(site: Site, value: TreeNode): Policy[] {
    return entryOf(value, 'corsRules') ? [] : this.#map(value, () => httpApiPolicy(this.#input(site, value, apiNames)));
  }

  #rules(nodes: readonly TreeNode[]): Policy[] {
    return nodes
      .filter((node): node is TreeMap => node.kind === 'map' && node.entries.length > 0)
      .map((map) => readS3Rule(map, this.#tree.document, this.#names.s3, 'cdk-pulumi', this.#reference));
  }

  #map(value: TreeNode, read: () => Policy): Policy[] {
    return value.kind === 'map' && value.entries.length > 0 ? [read()] : [];
  }

  #input({ name, scope, keyRange, range, plain }: Site, value: TreeNode, names: CorsNames): AwsCorsInput {
    const entry: TreeEntry = { key: name, keyRange, value, range };
    return {
      document: this.#tree.document,
      framework: 'cdk-pulumi',
      entry,
      names,
      scope,
      openByDefault: false,
      rejectsUnknown: true,
      reference: this.#reference,
      ...(!plain && this.#names.tool === 'cdk' && cdkChecks),
    };
  }
}
