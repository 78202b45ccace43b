import { Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

export class LabelsStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new lambda.CfnUrl(this, 'Url', {
      authType: 'NONE',
      targetFunctionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:labels',
      cors: { allowOrigins: ['*'], allowCredentials: true, allowMethods: ['GET', 'POST'], allowHeaders: ['x-label'] },
    });
  }
}
