import { Stack, type StackProps } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';

export class CatalogueStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const api = new apigateway.RestApi(this, 'Catalogue', {
      restApiName: 'catalogue',
      defaultCorsPreflightOptions: {
        allowOrigins: apigateway.Cors.ALL_ORIGINS,
        allowMethods: apigateway.Cors.ALL_METHODS,
      },
    });
    const items = api.root.addResource('items');
    items.addMethod('GET', new apigateway.MockIntegration());
    items.addResource('{id}').addMethod('PUT', new apigateway.MockIntegration());
  }
}
