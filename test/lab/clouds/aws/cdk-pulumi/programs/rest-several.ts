import * as cdk from 'aws-cdk-lib';
import { MockIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';

export class PricesStack extends cdk.Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const api = new RestApi(this, 'Prices');
    const prices = api.root.addResource('prices', {
      defaultCorsPreflightOptions: {
        allowOrigins: ['https://app.example.com', 'https://sub.app.example.com', 'https://evilapp.example.com'],
        allowMethods: ['GET', 'POST'],
        allowCredentials: true,
        maxAge: cdk.Duration.hours(1),
        exposeHeaders: ['X-Request-Id'],
        statusCode: 200,
      },
    });
    prices.addMethod('GET', new MockIntegration());
  }
}
