import { Stack } from 'aws-cdk-lib';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';

export class PreviewStack extends Stack {
  constructor(scope, id) {
    super(scope, id);
    new HttpApi(this, 'Preview', { corsPreflight: { allowOrigins: ['https://*'], allowCredentials: true } });
  }
}
