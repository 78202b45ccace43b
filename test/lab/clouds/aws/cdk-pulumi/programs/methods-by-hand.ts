import { Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';

/** A preflight of its own, without the CDK's options. */
export class LegacyStack extends Stack {
  constructor(scope: any, id: string) {
    super(scope, id);
    const api = new apigateway.RestApi(this, 'Legacy', {
      defaultCorsPreflightOptions: { allowOrigins: ['null', 'https://app.example.com'], allowMethods: ['GET'], allowHeaders: ['*'], allowCredentials: true },
    });
    api.root.addResource('v1').addMethod('GET', new apigateway.MockIntegration());
  }
}
