import { Stack } from 'aws-cdk-lib';
import { CorsHttpMethod, HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';

export class CartStack extends Stack {
  constructor(scope, id) {
    super(scope, id);
    new HttpApi(this, 'Cart', {
      corsPreflight: { allowOrigins: ['*'], allowMethods: [CorsHttpMethod.GET], allowCredentials: true },
    });
  }
}
