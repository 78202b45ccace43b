import { Stack } from 'aws-cdk-lib';
import { CfnResponseHeadersPolicy } from 'aws-cdk-lib/aws-cloudfront';

export class EdgeStack extends Stack {
  constructor(scope: any, id: string) {
    super(scope, id);
    new CfnResponseHeadersPolicy(this, 'Edge', {
      responseHeadersPolicyConfig: {
        name: 'edge',
        corsConfig: {
          accessControlAllowCredentials: false,
          accessControlAllowHeaders: { items: ['X-Edge'] },
          accessControlAllowMethods: { items: ['GET', 'POST'] },
          accessControlAllowOrigins: { items: ['https://app.example.com', 'http://localhost:3000'] },
          accessControlExposeHeaders: { items: ['X-Cache'] },
          accessControlMaxAgeSec: 900,
          originOverride: true,
        },
      },
    });
  }
}
