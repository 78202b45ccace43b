/** CORS settings of Amazon's services in Terraform and OpenTofu. */
import type { TreeDocument, TreeEntry } from '../syntax/tree.ts';
import type { Policy } from '../policy/policy.ts';
import { cloudFront, functionUrlPolicy, httpApiPolicy } from './aws-cors-services.ts';
import type { CorsNames } from './aws-cors-services.ts';
import { cloudPolicy } from './cloud-cors.ts';
import { defineFramework } from './framework.ts';
import { readS3Rule } from './s3-rules.ts';
import type { S3Names } from './s3-rules.ts';
import { readTerraform } from './terraform-resources.ts';
import type { Terraform, TerraformBlock, TerraformModule, TerraformResource } from './terraform-resources.ts';
import { entryOf } from './tree-edits.ts';

export const framework = defineFramework({
  id: 'terraform-aws',
  title: 'Terraform (AWS)',
  documentation: 'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket_cors_configuration',
  reads: '`*.tf`, `*.tofu`, `*.tf.json`: S3 buckets, HTTP APIs, function URLs, CloudFront response headers policies; modules of `terraform-aws-modules`; defaults of variables, locals, `dynamic` blocks',
  mentions: ['aws_s3_bucket', 'aws_apigatewayv2_api', 'aws_lambda_function_url', 'aws_cloudfront_response_headers_policy', 'terraform-aws-modules/'],
  shape: 'tree',
  formats: ['hcl', 'json'],
  read(document, context) {
    const terraform = readTerraform(document, context);
    return { policies: [...terraform.resources, ...terraform.modules.flatMap(resourceOf)].flatMap((resource) => readResource(resource, terraform, document)), facts: [] };
  },
});

const s3Names: S3Names = { origins: 'allowed_origins', methods: 'allowed_methods', allowedHeaders: 'allowed_headers', exposedHeaders: 'expose_headers', maxAge: 'max_age_seconds', others: ['id'] };
const corsNames: CorsNames = { origins: 'allow_origins', credentials: 'allow_credentials', methods: 'allow_methods', allowedHeaders: 'allow_headers', exposedHeaders: 'expose_headers', maxAge: 'max_age' };

/** The best known modules hand blocks of these names to the resource. */
const modules: readonly (readonly [source: RegExp, type: string])[] = [
  [/terraform-aws-modules\/s3-bucket\/aws$/, 'aws_s3_bucket'],
  [/terraform-aws-modules\/apigateway-v2\/aws$/, 'aws_apigatewayv2_api'],
  [/terraform-aws-modules\/lambda\/aws$/, 'aws_lambda_function_url'],
];

function resourceOf({ source, name, body }: TerraformModule): TerraformResource[] {
  const type = modules.find(([pattern]) => pattern.test(source))?.[1];
  return type === undefined ? [] : [{ type, name, body }];
}

function readResource({ type, name, body }: TerraformResource, terraform: Terraform, document: TreeDocument): Policy[] {
  const { reference } = terraform;
  const shared = { document, framework: 'terraform-aws', names: corsNames, scope: name, rejectsUnknown: true, openByDefault: false, reference };
  const written = (block: TerraformBlock): TreeEntry => ({ ...block.entry, value: block.map });
  switch (type) {
    case 'aws_s3_bucket_cors_configuration':
    case 'aws_s3_bucket':
      return terraform.blocks(body, 'cors_rule').filter(({ map }) => map.entries.length > 0).map(({ map }) => readS3Rule(map, document, s3Names, 'terraform-aws', reference));
    case 'aws_apigatewayv2_api': return terraform.blocks(body, 'cors_configuration').map((block) => httpApiPolicy({ ...shared, entry: written(block) }));
    case 'aws_lambda_function_url': return terraform.blocks(body, 'cors').map((block) => functionUrlPolicy({ ...shared, entry: written(block) }));
    case 'aws_cloudfront_response_headers_policy': return terraform.blocks(body, 'cors_config').map((block) => responseHeadersPolicy(block, name, terraform, document));
    default: return [];
  }
}

/** Its lists are the `items` of blocks. */
function responseHeadersPolicy({ map }: TerraformBlock, scope: string, terraform: Terraform, document: TreeDocument): Policy {
  const list = (name: string): TreeEntry | undefined => terraform.blocks(map, `access_control_${name}`).map((block) => entryOf(block.map, 'items')).find((entry) => entry !== undefined);
  return cloudPolicy({
    service: { ...cloudFront, framework: 'terraform-aws' }, document, scope, reference: terraform.reference,
    keys: {
      // The list of origins is a block, which no key stands for.
      map: list('allow_origins') && map, originsKey: 'access_control_allow_origins', origins: list('allow_origins'), credentials: entryOf(map, 'access_control_allow_credentials'),
      methods: list('allow_methods'), allowedHeaders: list('allow_headers'), exposedHeaders: list('expose_headers'), maxAge: entryOf(map, 'access_control_max_age_sec'),
    },
  });
}
