/** Behaviours of CloudFront in Terraform, and the response headers policies that they name. */
import type { Fact } from '../../../policy/policy.ts';
import type { Terraform, TerraformResource } from '../../../models/services/terraform-resources.ts';
import { refusedOptions } from '../aws/cloudfront-preflights.ts';
import type { AllowedByPolicy } from '../aws/cloudfront-preflights.ts';
import { entryOf, textOf, valueAt } from '../../../edits/tree-edits.ts';

export function distributionFacts(terraform: Terraform): Fact[] {
  return terraform.resources
    .filter(({ type }) => type === 'aws_cloudfront_distribution')
    .flatMap(({ body }) =>
      ['default_cache_behavior', 'ordered_cache_behavior'].flatMap((kind) => terraform.blocks(body, kind)),
    )
    .flatMap(({ map }) => {
      const id = textOf(valueAt(map, 'response_headers_policy_id'));
      return refusedOptions(entryOf(map, 'allowed_methods'), id === undefined ? undefined : policyOf(id, terraform));
    });
}

/** A policy of this file, or the identifier of one that CloudFront has. */
function policyOf(id: string, terraform: Terraform): AllowedByPolicy | string | undefined {
  const name = /^\$\{\s*aws_cloudfront_response_headers_policy\.([\w-]+)\.id\s*\}$/.exec(id)?.[1];
  if (name === undefined) return id;
  const found = terraform.resources.find(
    (resource) => resource.type === 'aws_cloudfront_response_headers_policy' && resource.name === name,
  );
  return found && allowedBy(found, terraform);
}

function allowedBy({ body }: TerraformResource, terraform: Terraform): AllowedByPolicy | undefined {
  const [cors] = terraform.blocks(body, 'cors_config');
  if (cors === undefined) return undefined;
  const items = (block: string) =>
    terraform.blocks(cors.map, `access_control_${block}`).map(({ map }) => valueAt(map, 'items'))[0];
  return { methods: items('allow_methods'), headers: items('allow_headers'), range: cors.entry.keyRange };
}
