/** Properties of a CloudFormation or SAM template that stand where they are refused, and headers of answers on the way in. */
import type { TreeDocument, TreeNode } from '../../../syntax/trees/tree.ts';
import type { Fact } from '../../../policy/policy.ts';
import type { PlaceTable } from '../../../models/services/locked-out.ts';
import { misplaced, misplacedIn } from '../../../models/services/locked-out.ts';
import { onRequestBelow, onRequestMapping } from '../../../models/services/request-headers.ts';
import { refusedOptions } from './cloudfront-preflights.ts';
import type { AllowedByPolicy } from './cloudfront-preflights.ts';
import { entriesOf, entryOf, mapsOf, textNodesOf, textOf, valueAt } from '../../../edits/tree-edits.ts';

/** Properties that belong to another property, or to another resource. */
const places: PlaceTable = [
  [/^AWS::S3::Bucket$/, /^(Cors|CorsRules)$/, 'CorsConfiguration, as CorsRules'],
  [/^AWS::Serverless::HttpApi$/, /^Cors$/, 'CorsConfiguration'],
  [/^AWS::ApiGatewayV2::Api$/, /^Cors$/, 'CorsConfiguration'],
  [/^AWS::Serverless::Api$/, /^CorsConfiguration$/, 'Cors'],
  [/^AWS::Serverless::Function$/, /^Cors(Configuration)?$/, 'FunctionUrlConfig, or into the API of the function'],
  [/^AWS::Lambda::Function$/, /^Cors(Configuration)?$/, 'an AWS::Lambda::Url, as Cors'],
  [/^AWS::Lambda::Url$/, /^CorsConfiguration$/, 'Cors'],
  [/^AWS::ApiGateway::RestApi$/, /^Cors(Configuration)?$/, 'an OPTIONS method with a mock integration of its own'],
  [/^AWS::CloudFront::Distribution$/, /^CorsConfig$/, 'an AWS::CloudFront::ResponseHeadersPolicy'],
];

/** `template` is the map with `Resources`. */
export function templateFacts(template: TreeNode | undefined, document: TreeDocument): Fact[] {
  return entriesOf(valueAt(template, 'Resources')).flatMap(({ value: resource }) => {
    const type = textOf(valueAt(resource, 'Type')) ?? '';
    const properties = valueAt(resource, 'Properties');
    return [
      ...misplacedIn(places, type, entriesOf(properties), true),
      // Beside `Properties` a resource has only attributes, of which none is called so.
      ...(/^AWS::/.test(type)
        ? entriesOf(resource)
            .filter(({ key }) => /^Cors/.test(key))
            .map((entry) => misplaced(entry, 'Properties', true))
        : []),
      ...requestHeaders(type, properties, document),
      ...(type === 'AWS::CloudFront::Distribution' ? refusedPreflights(properties, template) : []),
    ];
  });
}

/** Behaviours that allow no OPTIONS, beside a policy about requests that ask first. */
function refusedPreflights(properties: TreeNode | undefined, template: TreeNode | undefined): Fact[] {
  const configuration = valueAt(properties, 'DistributionConfig');
  return [valueAt(configuration, 'DefaultCacheBehavior'), ...mapsOf(valueAt(configuration, 'CacheBehaviors'))].flatMap(
    (behaviour) => {
      const policy = valueAt(behaviour, 'ResponseHeadersPolicyId');
      return refusedOptions(entryOf(behaviour, 'AllowedMethods'), textOf(policy) ?? policyOf(policy, template));
    },
  );
}

/** What a policy of the same template allows. */
function policyOf(reference: TreeNode | undefined, template: TreeNode | undefined): AllowedByPolicy | undefined {
  const attribute = valueAt(reference, 'Fn::GetAtt');
  const [first] = textNodesOf(attribute);
  const name = textOf(valueAt(reference, 'Ref')) ?? (textOf(attribute) ?? first?.value)?.replace(/\.Id$/, '');
  const entry =
    name === undefined
      ? undefined
      : entryOf(valueAt(template, 'Resources', name, 'Properties', 'ResponseHeadersPolicyConfig'), 'CorsConfig');
  return (
    entry && {
      methods: valueAt(entry.value, 'AccessControlAllowMethods', 'Items'),
      headers: valueAt(entry.value, 'AccessControlAllowHeaders', 'Items'),
      range: entry.keyRange,
    }
  );
}

function requestHeaders(type: string, properties: TreeNode | undefined, document: TreeDocument): Fact[] {
  switch (type) {
    case 'AWS::CloudFront::Distribution':
      return onRequestBelow(properties, 'OriginCustomHeaders', 'HeaderName', {
        instead: 'an AWS::CloudFront::ResponseHeadersPolicy of the behaviour',
      });
    case 'AWS::ApiGateway::Method':
      return onRequestMapping(
        document,
        valueAt(properties, 'Integration', 'RequestParameters'),
        /^integration\.request\.header\./,
        { statement: 'RequestParameters', instead: 'ResponseParameters of the IntegrationResponses' },
      );
    case 'AWS::ApiGatewayV2::Integration':
      return onRequestMapping(document, valueAt(properties, 'RequestParameters'), /^(append|overwrite):header\./, {
        statement: 'RequestParameters',
        instead: 'CorsConfiguration of the API',
      });
    default:
      return [];
  }
}
