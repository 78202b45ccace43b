import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { MockIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { CorsHttpMethod, HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Bucket, HttpMethods } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

const shop = 'https://app.example.com';
const shopOrigins = [shop, `https://admin.example.com`];

/** Everything that the shop runs on. */
export class ShopStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, props);
    this.storage();
    this.apis();
  }

  private storage(): void {
    const bucket = new Bucket(this, 'Pictures', { cors: [{ allowedMethods: [HttpMethods.GET], allowedOrigins: ['*'] }] });
    bucket.addCorsRule({ allowedMethods: [HttpMethods.PUT], allowedOrigins: shopOrigins, allowedHeaders: ['*'], maxAge: 3600 });
  }

  private apis(): void {
    new HttpApi(this, 'Basket', { corsPreflight: { allowOrigins: shopOrigins, allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.PATCH], allowCredentials: true, maxAge: Duration.hours(2) } });
    const rest = new RestApi(this, 'Orders', { defaultCorsPreflightOptions: { allowOrigins: shopOrigins } });
    rest.root.addResource('orders').addMethod('POST', new MockIntegration());
  }
}
