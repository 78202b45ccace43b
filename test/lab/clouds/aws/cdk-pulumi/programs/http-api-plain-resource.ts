import { Stack } from 'aws-cdk-lib';
import { CfnApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Construct } from 'constructs';

export class StockStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new CfnApi(this, 'Stock', {
      name: 'stock',
      protocolType: 'HTTP',
      corsConfiguration: {
        allowOrigins: ['https://app.example.com', 'https://App.example.com'],
        allowMethods: ['GET', 'PUT'],
        maxAge: 864_000,
      },
    });
  }
}
