import { Stack } from 'aws-cdk-lib';
import { MockIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';

export class SearchStack extends Stack {
  constructor(scope: any, id: string) {
    super(scope, id);
    const api = new RestApi(this, 'Search', {
      defaultCorsPreflightOptions: { allowOrigins: ['https://app.example.com', 'https://admin.example.com/'], allowMethods: ['ANY'], disableCache: true },
    });
    api.root.addProxy({ defaultIntegration: new MockIntegration() });
  }
}
