import { Duration, Stack } from 'aws-cdk-lib';
import { Cors, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Bucket, HttpMethods } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/** Customers upload pictures; the shop shows them, and the staff sorts them. */
export class UploadsStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);

    new Bucket(this, 'Pictures', {
      cors: [{ allowedMethods: [HttpMethods.GET, HttpMethods.PUT], allowedOrigins: ['*'], allowedHeaders: ['Content-Type'], maxAge: 600 }],
    });

    new RestApi(this, 'Sorting', {
      defaultCorsPreflightOptions: {
        allowOrigins: Cors.ALL_ORIGINS,
        allowMethods: ['GET', 'POST'],
        allowCredentials: true,
        maxAge: Duration.minutes(10),
      },
    });
  }
}
