import * as cdk from 'aws-cdk-lib';
import { Bucket, HttpMethods } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

const origins = ['https://app.example.com', 'https://admin.app.example.com'];

export class MediaStack extends cdk.Stack {
  public readonly media: Bucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.media = new Bucket(this, 'Media', {
      encryption: cdk.aws_s3.BucketEncryption.S3_MANAGED,
      cors: [{ id: 'player', allowedMethods: [HttpMethods.GET, HttpMethods.HEAD], allowedOrigins: origins, maxAge: 600 }],
    });
  }
}
