/**
 * OpenAPI definitions with the extensions of Amazon API Gateway: CORS of an HTTP API, and headers that mock
 * integrations of a REST API send.
 */
import type { TreeDocument, TreeNode } from '../../../syntax/trees/tree.ts';
import type { Policy } from '../../../policy/policy.ts';
import { apiNames, httpApiPolicy } from './aws-cors-services.ts';
import { mappedHeaders, parameterOf, unquotedOrigin } from './cloudformation-values.ts';
import { staticHeadersPolicy } from '../../../models/static/static-headers.ts';
import { entriesOf, entryOf, insertKey, valueAt } from '../../../edits/tree-edits.ts';

/** Policies of a definition, a file of its own or inside of a template; none where it is no OpenAPI or has no such extension. */
export function readDefinition(root: TreeNode | undefined, document: TreeDocument, framework: string): Policy[] {
  if ((entryOf(root, 'openapi') ?? entryOf(root, 'swagger')) === undefined) return [];
  const cors = entryOf(root, 'x-amazon-apigateway-cors');
  const http =
    cors?.value.kind === 'map' && cors.value.entries.length > 0
      ? [
          httpApiPolicy({
            document,
            framework,
            entry: cors,
            names: apiNames,
            scope: 'the HTTP API',
            openByDefault: false,
            rejectsUnknown: false,
            reference: (node) => parameterOf(document, node),
          }),
        ]
      : [];
  const operations = entriesOf(valueAt(root, 'paths')).flatMap(({ key: path, value }) =>
    entriesOf(value).flatMap(({ key: method, value: operation }) =>
      entriesOf(valueAt(operation, 'x-amazon-apigateway-integration', 'responses')).flatMap((response) =>
        mappedResponse(
          document,
          framework,
          valueAt(response.value, 'responseParameters'),
          'method.response.header.',
          `${method.toUpperCase()} ${path}`,
          method.toLowerCase() === 'options',
          valueAt(response.value, 'statusCode'),
        ),
      ),
    ),
  );
  const errors = entriesOf(valueAt(root, 'x-amazon-apigateway-gateway-responses')).flatMap(({ key, value }) =>
    mappedResponse(document, framework, valueAt(value, 'responseParameters'), 'gatewayresponse.header.', key, false),
  );
  return [...http, ...operations, ...errors];
}

/** Headers that `responseParameters` set to constants. */
export function mappedResponse(
  document: TreeDocument,
  framework: string,
  map: TreeNode | undefined,
  prefix: 'method.response.header.' | 'gatewayresponse.header.',
  scope: string,
  preflightsOnly: boolean,
  statusCode?: TreeNode,
): Policy[] {
  const status = Number(statusCode?.kind === 'scalar' ? (statusCode.value ?? 'none') : 'none');
  const headers = mappedHeaders(document, map, prefix);
  const unquoted = unquotedOrigin(document, headers);
  const [first] = unquoted;
  const policy = staticHeadersPolicy({
    framework,
    title: 'an API Gateway REST API',
    document,
    own: headers,
    applied: headers,
    scope,
    preflightsOnly,
    preflightStatus: preflightsOnly && Number.isInteger(status) ? status : null,
    // What the gateway itself says in an error is the same for everybody.
    purpose: prefix === 'gatewayresponse.header.' ? 'static' : 'application',
    ...(map?.kind === 'map' && {
      add: (name: string, value: string) => insertKey(document, map, prefix + name, `'${value}'`),
    }),
    ...(first?.kind === 'joined-origin' && {
      refusesToStart: `Invalid mapping expression specified: ${first.text}`,
    }),
  });
  return policy ? [{ ...policy, facts: [...policy.facts, ...unquoted] }] : [];
}
