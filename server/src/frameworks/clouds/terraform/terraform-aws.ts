/** CORS settings of Amazon's services in Terraform and OpenTofu. */
import type { TreeDocument, TreeEntry, TreeMap } from '../../../syntax/trees/tree.ts';
import type { Fact, Policy } from '../../../policy/policy.ts';
import type { PlaceTable } from '../../../models/services/locked-out.ts';
import { misplacedIn } from '../../../models/services/locked-out.ts';
import { onRequestBelow, onRequestMapping } from '../../../models/services/request-headers.ts';
import { mappedResponse } from '../aws/apigateway-openapi.ts';
import { cloudFront, functionUrlPolicy, httpApiPolicy } from '../aws/aws-cors-services.ts';
import type { CorsNames } from '../aws/aws-cors-services.ts';
import { servicePolicy } from '../../../models/services/service-policy.ts';
import { defineFramework } from '../../../models/framework.ts';
import { authorizerFacts } from './aws-authorizers.ts';
import { distributionFacts } from './aws-distributions.ts';
import { readS3Rule } from '../aws/s3-rules.ts';
import type { S3Names } from '../aws/s3-rules.ts';
import { isModule, readTerraform } from '../../../models/services/terraform-resources.ts';
import type {
  Terraform,
  TerraformBlock,
  TerraformModule,
  TerraformResource,
} from '../../../models/services/terraform-resources.ts';
import { entryOf, textOf, valueAt } from '../../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'terraform-aws',
  title: 'Terraform (AWS)',
  documentation:
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket_cors_configuration',
  reads:
    '`*.tf`, `*.tofu`, `*.tf.json`: S3 buckets, HTTP APIs, answers of REST APIs, function URLs, CloudFront response ' +
    'headers policies; modules of `terraform-aws-modules` and `cloudposse`; defaults of variables, locals, `dynamic` ' +
    'blocks',
  mentions: [
    'aws_s3_bucket',
    'aws_cloudfront_response_headers_policy',
    'terraform-aws-modules/',
    'cloudposse/',
    'aws_api_gateway_',
    'aws_apigatewayv2_',
    'aws_lambda_function',
    'aws_cloudfront_distribution',
  ],
  shape: 'tree',
  formats: ['hcl', 'json'],
  read(document, context) {
    const terraform = readTerraform(document, context);
    return {
      policies: [...terraform.resources, ...terraform.modules.flatMap(resourceOf)].flatMap((resource) =>
        readResource(resource, terraform, document),
      ),
      facts: [
        ...terraform.resources.flatMap((resource) => factsOf(resource, document)),
        ...authorizerFacts(terraform),
        ...distributionFacts(terraform),
      ],
    };
  },
});

const s3Names: S3Names = {
  origins: 'allowed_origins',
  methods: 'allowed_methods',
  allowedHeaders: 'allowed_headers',
  exposedHeaders: 'expose_headers',
  maxAge: 'max_age_seconds',
  others: ['id'],
};
const corsNames: CorsNames = {
  origins: 'allow_origins',
  credentials: 'allow_credentials',
  methods: 'allow_methods',
  allowedHeaders: 'allow_headers',
  exposedHeaders: 'expose_headers',
  maxAge: 'max_age',
};

/** The best known modules hand blocks of these names to the resource. */
const modules: readonly (readonly [owner: string, name: string, type: string])[] = [
  ['terraform-aws-modules', 's3-bucket', 'aws_s3_bucket'],
  ['terraform-aws-modules', 'apigateway-v2', 'aws_apigatewayv2_api'],
  ['terraform-aws-modules', 'lambda', 'aws_lambda_function_url'],
  ['cloudposse', 's3-bucket', 'cloudposse_s3_bucket'],
];

/** What stands where the provider refuses it, and headers of answers on the way in. */
function factsOf({ type, body }: TerraformResource, document: TreeDocument): Fact[] {
  const wrong = misplacedIn(places, type, body.entries, true);
  switch (type) {
    case 'aws_cloudfront_distribution':
      return [
        ...wrong,
        ...onRequestBelow(body, 'custom_header', 'name', {
          instead: 'an aws_cloudfront_response_headers_policy of the behaviour',
        }),
      ];
    case 'aws_api_gateway_integration':
      return onRequestMapping(document, valueAt(body, 'request_parameters'), /^integration\.request\.header\./, {
        statement: 'request_parameters',
        instead: 'response_parameters of an aws_api_gateway_integration_response',
      });
    case 'aws_apigatewayv2_integration':
      return onRequestMapping(document, valueAt(body, 'request_parameters'), /^(append|overwrite):header\./, {
        statement: 'request_parameters',
        instead: 'cors_configuration of the aws_apigatewayv2_api',
      });
    default:
      return wrong;
  }
}

/** Blocks and arguments that belong to another block, or to another resource. */
const places: PlaceTable = [
  [/^aws_apigatewayv2_api$/, /^cors$/, 'cors_configuration'],
  [/^aws_lambda_function$/, /^cors(_configuration)?$/, 'an aws_lambda_function_url, as cors'],
  [/^aws_lambda_function_url$/, /^cors_configuration$/, 'cors'],
  [/^aws_s3_bucket$/, /^cors(_configuration)?$/, 'an aws_s3_bucket_cors_configuration, as cors_rule'],
  [/^aws_s3_bucket_cors_configuration$/, /^cors(_configuration)?$/, 'cors_rule'],
  [/^aws_api_gateway_rest_api$/, /^cors(_configuration)?$/, 'an OPTIONS method with a mock integration of its own'],
  [/^aws_cloudfront_distribution$/, /^cors(_config)?$/, 'an aws_cloudfront_response_headers_policy, as cors_config'],
];

function resourceOf({ source, name, body }: TerraformModule): TerraformResource[] {
  const type = modules.find(([owner, module]) => isModule(source, { owner, provider: 'aws', name: module }))?.[2];
  return type === undefined ? [] : [{ type, name, body }];
}

function readResource({ type, name, body }: TerraformResource, terraform: Terraform, document: TreeDocument): Policy[] {
  const { reference } = terraform;
  const shared = {
    document,
    framework: 'terraform-aws',
    names: corsNames,
    scope: name,
    rejectsUnknown: true,
    openByDefault: false,
    reference,
  };
  const written = (block: TerraformBlock): TreeEntry => ({ ...block.entry, value: block.map });
  switch (type) {
    case 'aws_s3_bucket_cors_configuration':
    case 'aws_s3_bucket':
      return terraform
        .blocks(body, 'cors_rule')
        .filter(({ map }) => map.entries.length > 0)
        .map(({ map }) => readS3Rule(map, document, s3Names, 'terraform-aws', reference));
    case 'cloudposse_s3_bucket':
      return terraform
        .blocks(body, 'cors_configuration')
        .map(({ map }) => readS3Rule(map, document, s3Names, 'terraform-aws', reference));
    case 'aws_api_gateway_integration_response':
      return restApiPolicy(body, 'method.response.header.', name, terraform, document);
    case 'aws_api_gateway_gateway_response':
      return restApiPolicy(body, 'gatewayresponse.header.', name, terraform, document);
    case 'aws_apigatewayv2_api':
      return terraform
        .blocks(body, 'cors_configuration')
        .map((block) => httpApiPolicy({ ...shared, entry: written(block) }));
    case 'aws_lambda_function_url':
      return terraform.blocks(body, 'cors').map((block) => functionUrlPolicy({ ...shared, entry: written(block) }));
    case 'aws_cloudfront_response_headers_policy':
      return terraform
        .blocks(body, 'cors_config')
        .map((block) => responseHeadersPolicy(block, name, terraform, document));
    default:
      return [];
  }
}

/** Headers that a REST API writes itself: of a mock integration for OPTIONS, of an integration that maps its answers, of errors. */
function restApiPolicy(
  body: TreeMap,
  prefix: 'method.response.header.' | 'gatewayresponse.header.',
  scope: string,
  { resources }: Terraform,
  document: TreeDocument,
): Policy[] {
  const written = textOf(valueAt(body, 'http_method'));
  const other = /^\$\{\s*aws_api_gateway_\w+\.([\w-]+)\.http_method\s*\}$/.exec(written ?? '')?.[1];
  const method =
    other === undefined
      ? written
      : textOf(
          valueAt(
            resources.find(({ type, name }) => type === 'aws_api_gateway_method' && name === other)?.body,
            'http_method',
          ),
        );
  // Nothing is said of the other methods where it is not known which one this is.
  const preflightsOnly =
    prefix === 'method.response.header.' && !/^(GET|HEAD|POST|PUT|PATCH|DELETE|ANY)$/.test(method ?? '');
  return mappedResponse(
    document,
    'terraform-aws',
    valueAt(body, 'response_parameters'),
    prefix,
    scope,
    preflightsOnly,
    valueAt(body, 'status_code'),
  );
}

/** Its lists are the `items` of blocks. */
function responseHeadersPolicy(
  { map }: TerraformBlock,
  scope: string,
  terraform: Terraform,
  document: TreeDocument,
): Policy {
  const list = (name: string): TreeEntry | undefined =>
    terraform
      .blocks(map, `access_control_${name}`)
      .map((block) => entryOf(block.map, 'items'))
      .find((entry) => entry !== undefined);
  return servicePolicy({
    service: { ...cloudFront, framework: 'terraform-aws' },
    document,
    scope,
    reference: terraform.reference,
    keys: {
      // The list of origins is a block, which no key stands for.
      map: list('allow_origins') && map,
      originsKey: 'access_control_allow_origins',
      origins: list('allow_origins'),
      credentials: entryOf(map, 'access_control_allow_credentials'),
      methods: list('allow_methods'),
      allowedHeaders: list('allow_headers'),
      exposedHeaders: list('expose_headers'),
      maxAge: entryOf(map, 'access_control_max_age_sec'),
    },
  });
}
