import { Stack } from 'aws-cdk-lib';
import { MockIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';

export class TicketsStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const api = new RestApi(this, 'Tickets', {
      defaultCorsPreflightOptions: { allowOrigins: ['*', 'https://app.example.com'] },
    });
    api.root.addMethod('GET', new MockIntegration());
  }
}
