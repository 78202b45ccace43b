import { CfnOutput, Stack } from 'aws-cdk-lib';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

export class ReportsStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const reports = new CfnBucket(this, 'Reports', {
      corsConfiguration: {
        corsRules: [
          { allowedMethods: ['GET'], allowedOrigins: ['http*'], exposedHeaders: ['Content-Disposition'], maxAge: 60 },
          { allowedMethods: ['PUT', 'DELETE'], allowedOrigins: ['https://app.example.com'], allowedHeaders: ['*'] },
        ],
      },
    });
    new CfnOutput(this, 'Name', { value: reports.ref });
  }
}
