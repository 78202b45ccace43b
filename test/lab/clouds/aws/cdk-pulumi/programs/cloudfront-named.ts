import { Duration, Stack } from 'aws-cdk-lib';
import { ResponseHeadersPolicy } from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';

export class CdnStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new ResponseHeadersPolicy(this, 'Player', {
      corsBehavior: {
        accessControlAllowCredentials: true,
        accessControlAllowHeaders: ['Authorization', 'Range'],
        accessControlAllowMethods: ['ALL'],
        accessControlAllowOrigins: ['https://app.example.com', 'https://*.app.example.com'],
        accessControlMaxAge: Duration.hours(2),
        originOverride: false,
      },
    });
  }
}
