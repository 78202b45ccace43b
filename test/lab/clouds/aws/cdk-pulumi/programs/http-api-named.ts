import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import type { Construct } from 'constructs';

export class GatewayStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const api = new apigwv2.HttpApi(this, 'Gateway', {
      description: 'all services behind one name',
      corsPreflight: {
        allowCredentials: true,
        allowHeaders: ['Authorization', 'Content-Type'],
        allowMethods: [apigwv2.CorsHttpMethod.GET, apigwv2.CorsHttpMethod.POST, apigwv2.CorsHttpMethod.DELETE],
        allowOrigins: ['https://app.example.com', 'https://sub.app.example.com'],
        exposeHeaders: ['X-Total-Count'],
        maxAge: Duration.minutes(10),
      },
    });
    api.addStage('beta', { stageName: 'beta', autoDeploy: true });
  }
}
