/** CORS settings in templates of AWS CloudFormation and SAM. */
import { defineFramework } from '../../../models/framework.ts';
import { readTemplate } from './cloudformation-resources.ts';
import { readDefinition } from './apigateway-openapi.ts';
import { authorizerFacts, guardedOperations } from './cloudformation-authorizers.ts';
import { templateFacts } from './cloudformation-places.ts';
import { isTemplate } from './cloudformation-values.ts';

export const framework = defineFramework({
  id: 'cloudformation',
  title: 'AWS CloudFormation and SAM',
  documentation:
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html',
  reads:
    'templates: S3 buckets, HTTP and REST APIs (mock integrations and gateway responses too), function URLs, ' +
    'CloudFront response headers policies, `Globals`; OpenAPI definitions with extensions of API Gateway',
  mentions: ['cors', 'access-control-'],
  shape: 'tree',
  formats: ['json', 'yaml'],
  read(document) {
    const { root } = document;
    return isTemplate(root)
      ? {
          policies: readTemplate(root, document, 'cloudformation'),
          facts: [...authorizerFacts(root, document), ...templateFacts(root, document)],
        }
      : { policies: readDefinition(root, document, 'cloudformation'), facts: guardedOperations(root) };
  },
});
