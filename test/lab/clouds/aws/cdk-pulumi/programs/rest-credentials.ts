import { Stack, aws_apigateway as apigateway } from 'aws-cdk-lib';
import { Construct } from 'constructs';

export class AccountsStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const api = new apigateway.RestApi(this, 'Accounts', {
      defaultCorsPreflightOptions: {
        allowOrigins: ['*'],
        allowCredentials: true,
        allowHeaders: [...apigateway.Cors.DEFAULT_HEADERS, 'X-Requested-With'],
      },
    });
    api.root.addMethod('ANY', new apigateway.MockIntegration());
  }
}
