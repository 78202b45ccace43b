/** Authorizers of API Gateway in Terraform, and the preflights that they catch. */
import type { Fact } from '../../../policy/policy.ts';
import { identityHeader, unlistedHeader } from '../aws/authorizers.ts';
import { guardedOptions, guardedRoutes } from '../aws/cloudformation-authorizers.ts';
import type { Terraform, TerraformResource } from '../../../models/services/terraform-resources.ts';
import { entryOf, isTrue, textOf, valueAt } from '../../../edits/tree-edits.ts';

/** Of the methods of REST APIs, and of the routes and authorizers of each HTTP API that has CORS settings. */
export function authorizerFacts(terraform: Terraform): Fact[] {
  return terraform.resources.flatMap((resource) => {
    switch (resource.type) {
      case 'aws_api_gateway_method':
        return optionsMethod(resource);
      case 'aws_apigatewayv2_api':
        return httpApi(resource, terraform);
      default:
        return [];
    }
  });
}

function optionsMethod({ body }: TerraformResource): Fact[] {
  if (textOf(valueAt(body, 'http_method'))?.toUpperCase() !== 'OPTIONS') return [];
  const type = entryOf(body, 'authorization');
  const key = entryOf(body, 'api_key_required');
  return [
    ...(type && /^(AWS_IAM|CUSTOM|COGNITO_USER_POOLS)$/.test(textOf(type.value) ?? '') ? [type] : []),
    ...(key && isTrue(key.value) ? [key] : []),
  ].map((guard) => guardedOptions(guard.range));
}

function httpApi({ name, body }: TerraformResource, terraform: Terraform): Fact[] {
  const [cors] = terraform.blocks(body, 'cors_configuration');
  if (cors === undefined) return [];
  const own = (type: string): TerraformResource[] =>
    terraform.resources.filter(
      (resource) =>
        resource.type === type &&
        new RegExp(`^\\$\\{\\s*aws_apigatewayv2_api\\.${name}\\.id\\s*\\}$`).test(
          textOf(valueAt(resource.body, 'api_id')) ?? '',
        ),
    );
  const routes = own('aws_apigatewayv2_route').map((route) => ({
    key: entryOf(route.body, 'route_key'),
    guard: entryOf(route.body, 'authorization_type'),
  }));
  const headers = own('aws_apigatewayv2_authorizer').flatMap((authorizer) => {
    const sources = entryOf(authorizer.body, 'identity_sources');
    const header = identityHeader(sources?.value);
    return sources === undefined || header === undefined ? [] : [{ header, at: sources.range }];
  });
  return [
    ...guardedRoutes(routes),
    ...headers
      .slice(0, 1)
      .flatMap(({ header, at }) => unlistedHeader(entryOf(cors.map, 'allow_headers'), cors.entry.keyRange, header, at)),
  ];
}
