/** Authorizers of a CloudFormation or SAM template, and the preflights that they catch. */
import type { SourceRange } from '../../../syntax/range.ts';
import type { TreeDocument, TreeEntry, TreeNode } from '../../../syntax/trees/tree.ts';
import type { Fact } from '../../../policy/policy.ts';
import { guardedPreflight, guardedRoute, identityHeader, unlistedHeader } from './authorizers.ts';
import { entriesOf, entryOf, insertKey, isTrue, mapsOf, textOf, valueAt } from '../../../edits/tree-edits.ts';

interface Resource {
  readonly name: string;
  readonly type: string;
  readonly properties: TreeNode | undefined;
}

/** `template` is the map with `Resources`. */
export function authorizerFacts(template: TreeNode | undefined, document: TreeDocument): Fact[] {
  const resources = entriesOf(valueAt(template, 'Resources')).map(({ key, value }): Resource => ({
    name: key,
    type: textOf(valueAt(value, 'Type')) ?? '',
    properties: valueAt(value, 'Properties'),
  }));
  const globals = valueAt(template, 'Globals', 'Api');
  const perResource = resources.flatMap((resource) => {
    switch (resource.type) {
      case 'AWS::Serverless::Api':
        return samRestApi(resource.properties, globals, document);
      case 'AWS::Serverless::HttpApi':
        return samHttpApi(resource, resources);
      case 'AWS::ApiGateway::Method':
        return optionsMethod(resource.properties);
      case 'AWS::ApiGatewayV2::Api':
        return httpApi(resource, resources);
      default:
        return [];
    }
  });
  return [...perResource, ...samRestApi(globals, undefined, document)];
}

/** SAM puts the default authorizer before OPTIONS too, unless it is told not to, and allows no header of its own accord. */
function samRestApi(own: TreeNode | undefined, globals: TreeNode | undefined, document: TreeDocument): Fact[] {
  const auth = valueAt(own, 'Auth');
  const of = (key: string): TreeEntry | undefined => entryOf(auth, key) ?? entryOf(valueAt(globals, 'Auth'), key);
  const cors = entryOf(own, 'Cors') ?? entryOf(globals, 'Cors');
  // What the globals say for themselves is said there.
  const isOwn = entryOf(own, 'Cors') !== undefined || auth !== undefined;
  if (cors === undefined || !isOwn) return [];
  const key = of('ApiKeyRequired');
  const guards = [
    { by: of('DefaultAuthorizer'), unless: 'AddDefaultAuthorizerToCorsPreflight' },
    { by: key && isTrue(key.value) ? key : undefined, unless: 'AddApiKeyRequiredToCorsPreflight' },
  ];
  return guards.flatMap(({ by, unless }) => {
    if (by === undefined || textOf(by.value) === 'NONE') return [];
    const header = by === key ? 'X-Api-Key' : authorizerHeader(of('Authorizers')?.value, textOf(by.value));
    const headers = entryOf(cors.value, 'AllowHeaders');
    const missing =
      header === undefined || isIntrinsic(cors.value) ? [] : unlistedHeader(headers, cors.keyRange, header, by.range);
    if (isOff(of(unless))) return missing;
    return [
      guardedPreflight(
        cors.keyRange,
        by.range,
        `SAM puts ${by.key} before OPTIONS too, and a preflight carries neither a token nor a key`,
        `Set ${unless} to false${missing.length > 0 ? `, and allow ${header}` : ''}`,
        auth?.kind === 'map' && missing.length === 0 ? () => insertKey(document, auth, unless, false) : undefined,
      ),
    ];
  });
}

/** `Authorization`, or the header that the authorizer names; undefined where it reads no header, or several things. */
function authorizerHeader(authorizers: TreeNode | undefined, name: string | undefined): string | undefined {
  const authorizer = name === undefined ? undefined : valueAt(authorizers, name);
  if (name === 'AWS_IAM') return 'Authorization';
  if (authorizer === undefined || textOf(valueAt(authorizer, 'FunctionPayloadType')) === 'REQUEST') return undefined;
  const header = valueAt(authorizer, 'Identity', 'Header');
  return header === undefined ? 'Authorization' : textOf(header);
}

/** The events of functions that have no method or any, behind the API's default authorizer. */
function samHttpApi({ name, properties }: Resource, resources: readonly Resource[]): Fact[] {
  const cors = entryOf(properties, 'CorsConfiguration');
  const auth = valueAt(properties, 'Auth');
  const by = entryOf(auth, 'DefaultAuthorizer');
  if (cors === undefined || by === undefined) return [];
  const events = resources
    .filter(({ type }) => type === 'AWS::Serverless::Function')
    .flatMap((resource) => entriesOf(valueAt(resource.properties, 'Events')))
    .filter(
      ({ value }) =>
        textOf(valueAt(value, 'Type')) === 'HttpApi' && refersTo(valueAt(value, 'Properties', 'ApiId'), name),
    )
    .map((event) => ({ event, method: (textOf(valueAt(event.value, 'Properties', 'Method')) ?? 'ANY').toUpperCase() }));
  const source = valueAt(auth, 'Authorizers', textOf(by.value) ?? '', 'IdentitySource');
  const header = identityHeader(source);
  return [
    ...(events.some(({ method }) => method === 'OPTIONS')
      ? []
      : events
          .filter(
            ({ event, method }) => /^(ANY|X-AMAZON-APIGATEWAY-ANY-METHOD)$/.test(method) && !isPublic(event.value),
          )
          .map(({ event }) =>
            guardedRoute(event.keyRange, by.range, textOf(valueAt(event.value, 'Properties', 'Path')) ?? '$default'),
          )),
    ...(header !== undefined && cors.value.kind === 'map' && !isIntrinsic(cors.value)
      ? unlistedHeader(entryOf(cors.value, 'AllowHeaders'), cors.keyRange, header, by.range)
      : []),
  ];
}

function isPublic(event: TreeNode): boolean {
  return textOf(valueAt(event, 'Properties', 'Auth', 'Authorizer')) === 'NONE';
}

/** An OPTIONS method of a REST API that somebody else than everybody may call. */
function optionsMethod(properties: TreeNode | undefined): Fact[] {
  if (textOf(valueAt(properties, 'HttpMethod'))?.toUpperCase() !== 'OPTIONS') return [];
  const type = entryOf(properties, 'AuthorizationType');
  const key = entryOf(properties, 'ApiKeyRequired');
  const guards = [
    ...(type && /^(AWS_IAM|CUSTOM|COGNITO_USER_POOLS)$/.test(textOf(type.value) ?? '') ? [type] : []),
    ...(key && isTrue(key.value) ? [key] : []),
  ];
  return guards.map((guard) => guardedOptions(guard.range));
}

/** OPTIONS with an authorizer or a key, in whatever language it is written. */
export function guardedOptions(range: SourceRange): Fact {
  return guardedPreflight(
    range,
    undefined,
    'OPTIONS wants a token or a key, and a preflight carries neither',
    'Leave OPTIONS open to everybody',
  );
}

/** Routes of an HTTP API that take every method, each with an authorizer of its own. */
function httpApi({ name, properties }: Resource, resources: readonly Resource[]): Fact[] {
  const cors = entryOf(properties, 'CorsConfiguration');
  if (cors?.value.kind !== 'map') return [];
  const own = (type: string): TreeNode[] =>
    resources
      .filter((resource) => resource.type === type && refersTo(valueAt(resource.properties, 'ApiId'), name))
      .flatMap((resource) => resource.properties ?? []);
  const routes = own('AWS::ApiGatewayV2::Route').map((route) => ({
    key: entryOf(route, 'RouteKey'),
    guard: entryOf(route, 'AuthorizationType'),
  }));
  const headers = own('AWS::ApiGatewayV2::Authorizer').flatMap((authorizer) => {
    const header = identityHeader(valueAt(authorizer, 'IdentitySource'));
    return header === undefined ? [] : [{ header, at: entryOf(authorizer, 'IdentitySource')!.range }];
  });
  return [
    ...guardedRoutes(routes),
    ...headers
      .slice(0, 1)
      .flatMap(({ header, at }) => unlistedHeader(entryOf(cors.value, 'AllowHeaders'), cors.keyRange, header, at)),
  ];
}

/** Of all routes of an API those that take every method behind an authorizer; none where OPTIONS has a route. */
export function guardedRoutes(
  routes: readonly { readonly key: TreeEntry | undefined; readonly guard: TreeEntry | undefined }[],
): Fact[] {
  if (routes.some(({ key }) => /^OPTIONS\s/.test(textOf(key?.value) ?? ''))) return [];
  return routes.flatMap(({ key, guard }) => {
    const route = textOf(key?.value);
    const isGuarded = /^(JWT|CUSTOM|AWS_IAM)$/.test(textOf(guard?.value) ?? '');
    return key && route !== undefined && isGuarded && /^(\$default$|ANY\s)/.test(route)
      ? [guardedRoute(key.range, guard!.range, route)]
      : [];
  });
}

function refersTo(node: TreeNode | undefined, name: string): boolean {
  return textOf(valueAt(node, 'Ref')) === name;
}

function isOff(entry: TreeEntry | undefined): boolean {
  return entry?.value.kind === 'scalar' && (entry.value.value === false || entry.value.value === 'false');
}

function isIntrinsic(node: TreeNode): boolean {
  return node.kind === 'map' && node.entries.length === 1 && /^(Ref|Fn::\w+)$/.test(node.entries[0]!.key);
}

/** `security` of an OPTIONS operation in a definition for API Gateway. */
export function guardedOperations(root: TreeNode | undefined): Fact[] {
  return entriesOf(valueAt(root, 'paths')).flatMap(({ value }) => {
    const operation = valueAt(value, 'options');
    const security = entryOf(operation, 'security');
    return security && mapsOf(security.value).some(({ entries }) => entries.length > 0) && isIntegrated(operation)
      ? [guardedOptions(security.range)]
      : [];
  });
}

function isIntegrated(operation: TreeNode | undefined): boolean {
  return entryOf(operation, 'x-amazon-apigateway-integration') !== undefined;
}
