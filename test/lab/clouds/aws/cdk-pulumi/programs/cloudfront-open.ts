import { Duration, Stack, aws_cloudfront as cloudfront } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

export class SiteStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new cloudfront.ResponseHeadersPolicy(this, 'Headers', {
      responseHeadersPolicyName: 'fonts-for-everybody',
      corsBehavior: {
        accessControlAllowCredentials: false,
        accessControlAllowHeaders: ['*'],
        accessControlAllowMethods: ['GET', 'HEAD'],
        accessControlAllowOrigins: ['*'],
        accessControlExposeHeaders: ['ETag'],
        accessControlMaxAge: Duration.seconds(600),
        originOverride: true,
      },
      securityHeadersBehavior: { contentTypeOptions: { override: true } },
    });
  }
}
