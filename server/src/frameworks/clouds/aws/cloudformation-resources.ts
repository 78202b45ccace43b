/**
 * Resources of a CloudFormation template that have CORS settings, wherever such a template stands: alone, or inside
 * another tool's file.
 */
import type { TreeDocument, TreeEntry, TreeMap, TreeNode } from '../../../syntax/trees/tree.ts';
import type { HeaderRule, Policy } from '../../../policy/policy.ts';
import { cloudFrontPolicy, functionUrlPolicy, httpApiPolicy, templateNames } from './aws-cors-services.ts';
import type { AwsCorsInput } from './aws-cors-services.ts';
import { readDefinition } from './apigateway-openapi.ts';
import { constantHeader, mappedHeaders, parameterOf } from './cloudformation-values.ts';
import { chosenOrigins } from './mapping-templates.ts';
import { readS3Rule, templateS3Names } from './s3-rules.ts';
import type { StaticHeader } from '../../../models/static/static-headers.ts';
import { addPairOf, headersOfList, staticHeadersPolicy } from '../../../models/static/static-headers.ts';
import { always } from '../../../policy/request-test.ts';
import { entriesOf, entryOf, insertKey, isTrue, mapsOf, textOf, valueAt } from '../../../edits/tree-edits.ts';

/** Settings of `AWS::Serverless::Api` and the headers that it sends for them. */
const restHeaders: Readonly<Record<string, string>> = {
  AllowOrigin: 'Access-Control-Allow-Origin',
  AllowCredentials: 'Access-Control-Allow-Credentials',
  AllowMethods: 'Access-Control-Allow-Methods',
  AllowHeaders: 'Access-Control-Allow-Headers',
  MaxAge: 'Access-Control-Max-Age',
};

const samRefusal =
  "Unable to add Cors configuration because 'AllowCredentials' can not be true when 'AllowOrigin' is \"'*'\" or not set";

/** Policies of all resources, and of the settings that SAM applies to all of a kind. `template` is the map with `Resources`. */
export function readTemplate(template: TreeNode | undefined, document: TreeDocument, framework: string): Policy[] {
  const read = new TemplateReader(document, framework);
  return [
    ...read.globals(valueAt(template, 'Globals')),
    ...entriesOf(valueAt(template, 'Resources')).flatMap(({ key, value }) =>
      read.resource(key, textOf(valueAt(value, 'Type')) ?? '', valueAt(value, 'Properties')),
    ),
  ];
}

class TemplateReader {
  readonly #document: TreeDocument;
  readonly #framework: string;

  constructor(document: TreeDocument, framework: string) {
    this.#document = document;
    this.#framework = framework;
  }

  globals(node: TreeNode | undefined): Policy[] {
    return [
      ...this.#restApi(valueAt(node, 'Api'), 'every REST API'),
      ...this.#httpApi(valueAt(node, 'HttpApi'), 'every HTTP API', true),
      ...this.#functionUrl(valueAt(node, 'Function', 'FunctionUrlConfig'), 'every function URL'),
    ];
  }

  resource(name: string, type: string, properties: TreeNode | undefined): Policy[] {
    switch (type) {
      case 'AWS::S3::Bucket':
        return mapsOf(valueAt(properties, 'CorsConfiguration', 'CorsRules'))
          .filter(({ entries }) => entries.length > 0)
          .map((rule) => readS3Rule(rule, this.#document, templateS3Names, this.#framework, this.#reference));
      case 'AWS::ApiGateway::RestApi':
        return this.#definition(valueAt(properties, 'Body'));
      case 'AWS::ApiGatewayV2::Api':
        return [...this.#httpApi(properties, name, false), ...this.#definition(valueAt(properties, 'Body'))];
      case 'AWS::Serverless::HttpApi':
        return [...this.#httpApi(properties, name, true), ...this.#definition(valueAt(properties, 'DefinitionBody'))];
      case 'AWS::Serverless::Api':
        return [
          ...this.#restApi(properties, name),
          ...this.#gatewayResponses(valueAt(properties, 'GatewayResponses'), name),
          ...this.#definition(valueAt(properties, 'DefinitionBody')),
        ];
      case 'AWS::Serverless::Function':
        return this.#functionUrl(valueAt(properties, 'FunctionUrlConfig'), name);
      case 'AWS::Lambda::Url':
        return this.#functionUrl(properties, name);
      case 'AWS::CloudFront::ResponseHeadersPolicy':
        return this.#responseHeadersPolicy(valueAt(properties, 'ResponseHeadersPolicyConfig'), name);
      case 'AWS::ApiGateway::Method': {
        const method = textOf(valueAt(properties, 'HttpMethod')) ?? 'requests';
        return mapsOf(valueAt(properties, 'Integration', 'IntegrationResponses')).flatMap((response) =>
          this.#response(response, `${method} of ${name}`, method === 'OPTIONS'),
        );
      }
      case 'AWS::ApiGateway::GatewayResponse':
        return this.#mapped(
          valueAt(properties, 'ResponseParameters'),
          'gatewayresponse.header.',
          `${textOf(valueAt(properties, 'ResponseType')) ?? 'errors'} of ${name}`,
        );
      default:
        return [];
    }
  }

  /** An OpenAPI definition inside of the template. */
  #definition(body: TreeNode | undefined): Policy[] {
    return readDefinition(body, this.#document, this.#framework);
  }

  readonly #reference = (node: TreeNode) => parameterOf(this.#document, node);

  #input(entry: TreeEntry, scope: string, openByDefault: boolean): AwsCorsInput {
    return {
      document: this.#document,
      framework: this.#framework,
      entry,
      names: templateNames,
      scope,
      openByDefault,
      rejectsUnknown: true,
      reference: this.#reference,
    };
  }

  /** SAM takes `true` and fills origins in; API Gateway itself lets nobody in without them. */
  #httpApi(properties: TreeNode | undefined, scope: string, sam: boolean): Policy[] {
    const entry = entryOf(properties, 'CorsConfiguration');
    const filled = sam && isTrue(entry?.value);
    if (entry === undefined || (!filled && (entry.value.kind !== 'map' || isIntrinsic(entry.value)))) return [];
    return [httpApiPolicy({ ...this.#input(entry, scope, filled), ...(sam && { refusal: samRefusal }) })];
  }

  #functionUrl(properties: TreeNode | undefined, scope: string): Policy[] {
    const entry = entryOf(properties, 'Cors');
    return entry?.value.kind === 'map' && !isIntrinsic(entry.value)
      ? [functionUrlPolicy(this.#input(entry, scope, false))]
      : [];
  }

  #responseHeadersPolicy(config: TreeNode | undefined, name: string): Policy[] {
    const cors = valueAt(config, 'CorsConfig');
    const items = valueAt(config, 'CustomHeadersConfig', 'Items');
    const headers = headersOfList(this.#document, items, 'Header', 'Value');
    const custom = staticHeadersPolicy({
      framework: this.#framework,
      title: 'a CloudFront response headers policy',
      document: this.#document,
      own: headers,
      applied: headers,
      scope: name,
      purpose: 'application',
      preflightStatus: null,
      add: (header, value) => addPairOf(this.#document, items, { Header: header, Value: value, Override: true }),
    });
    return [
      ...(cors?.kind === 'map' ? [cloudFrontPolicy(this.#document, this.#framework, cors, name, this.#reference)] : []),
      ...(custom ? [custom] : []),
    ];
  }

  /**
   * `Cors` of a REST API: a constant, or a map of constants. It answers preflights; what the functions
   * themselves send on their responses stands elsewhere.
   */
  #restApi(properties: TreeNode | undefined, scope: string): Policy[] {
    const entry = entryOf(properties, 'Cors');
    if (
      entry === undefined ||
      (entry.value.kind === 'map' && isIntrinsic(entry.value) && parameterOf(this.#document, entry.value) === undefined)
    )
      return [];
    const { value } = entry;
    const whole = value.kind === 'scalar' || isIntrinsic(value);
    const headers = whole
      ? [constantHeader(this.#document, entry, restHeaders.AllowOrigin!, (name) => name)]
      : this.#restMap(entry, value as TreeMap);
    const [star] = headers.filter(
      ({ name, sent }) => name === restHeaders.AllowOrigin && sent?.kind === 'text' && sent.text === '*',
    );
    const refused =
      star &&
      headers.some(
        ({ name, sent }) => name === restHeaders.AllowCredentials && sent?.kind === 'text' && sent.text === 'true',
      );
    const policy = staticHeadersPolicy({
      framework: this.#framework,
      title: 'an API Gateway REST API',
      document: this.#document,
      own: headers,
      applied: headers,
      scope,
      purpose: 'application',
      preflightStatus: 200,
      preflightsOnly: true,
      ...(refused && { refusesToStart: samRefusal }),
    });
    if (policy === undefined) return [];
    // Without a setting SAM sends the methods that the path has.
    const methods: HeaderRule = {
      name: 'access-control-allow-methods',
      operation: 'default',
      value: { kind: 'unknown' },
      when: { kind: 'preflight' },
      range: entry.keyRange,
    };
    return [{ ...policy, headers: [...policy.headers, methods] }];
  }

  #restMap(entry: TreeEntry, map: TreeMap): StaticHeader[] {
    const headers = map.entries
      .flatMap((each) =>
        Object.hasOwn(restHeaders, each.key)
          ? [constantHeader(this.#document, each, restHeaders[each.key]!, (name) => name)]
          : [],
      )
      .filter(
        ({ name, sent }) => !(name === restHeaders.AllowCredentials && sent?.kind === 'text' && sent.text === 'false'),
      )
      // Without the key everybody is let in.
      .map((header) => (header.name === restHeaders.AllowOrigin ? { ...header, remove: () => [] } : header));
    if (map.entries.length === 0 || entryOf(map, 'AllowOrigin')) return headers;
    const byDefault: StaticHeader = {
      name: restHeaders.AllowOrigin!,
      nameRange: entry.keyRange,
      value: { kind: 'scalar', value: "'*'", range: entry.keyRange, contentRange: entry.keyRange },
      when: always,
      sent: { kind: 'text', text: '*' },
      byDefault: true,
      rename: () => [],
      remove: () => [],
      write: (text, placeholder) => insertKey(this.#document, map, 'AllowOrigin', `'${text}'`, placeholder),
    };
    return [byDefault, ...headers];
  }

  /** `GatewayResponses` of SAM: `{DEFAULT_4XX: {ResponseParameters: {Headers: {name: constant}}}}`. */
  #gatewayResponses(node: TreeNode | undefined, scope: string): Policy[] {
    return entriesOf(node).flatMap(({ key, value }) => {
      const map = valueAt(value, 'ResponseParameters', 'Headers');
      const headers = entriesOf(map).map((entry) => constantHeader(this.#document, entry, entry.key, (name) => name));
      return this.#static(headers, map, `${key} of ${scope}`, 'static', '');
    });
  }

  /** What an integration answers: constants, an origin that its template chooses, and a status. */
  #response(response: TreeMap, scope: string, preflightsOnly: boolean): Policy[] {
    const map = valueAt(response, 'ResponseParameters');
    const status = Number(textOf(valueAt(response, 'StatusCode')) ?? 'none');
    const headers = [
      ...mappedHeaders(this.#document, map, 'method.response.header.'),
      ...chosenOrigins(valueAt(response, 'ResponseTemplates')),
    ];
    return this.#static(
      headers,
      map,
      scope,
      'application',
      'method.response.header.',
      preflightsOnly,
      Number.isInteger(status) && preflightsOnly ? status : null,
    );
  }

  #mapped(
    map: TreeNode | undefined,
    prefix: 'method.response.header.' | 'gatewayresponse.header.',
    scope: string,
    preflightsOnly = false,
  ): Policy[] {
    // What the gateway itself says in an error is the same for everybody.
    return this.#static(
      mappedHeaders(this.#document, map, prefix),
      map,
      scope,
      prefix === 'gatewayresponse.header.' ? 'static' : 'application',
      prefix,
      preflightsOnly,
    );
  }

  #static(
    headers: readonly StaticHeader[],
    map: TreeNode | undefined,
    scope: string,
    purpose: Policy['purpose'],
    prefix: string,
    preflightsOnly = false,
    preflightStatus: number | null = null,
  ): Policy[] {
    const policy = staticHeadersPolicy({
      framework: this.#framework,
      title: 'an API Gateway REST API',
      document: this.#document,
      own: headers,
      applied: headers,
      scope,
      purpose,
      preflightStatus,
      preflightsOnly,
      ...(map?.kind === 'map' && {
        add: (name: string, value: string) => insertKey(this.#document, map, prefix + name, `'${value}'`),
      }),
    });
    return policy ? [policy] : [];
  }
}

/** `{"Ref": …}`, `{"Fn::If": […]}`: what it stands for is decided when the template is deployed. */
function isIntrinsic(node: TreeNode): boolean {
  return node.kind === 'map' && node.entries.length === 1 && /^(Ref|Fn::\w+)$/.test(node.entries[0]!.key);
}
