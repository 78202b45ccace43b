import { Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';

export class PhotosStack extends Stack {
  constructor(scope: any, id: string) {
    super(scope, id);
    const photos = new s3.Bucket(this, 'Photos');
    photos.addCorsRule({
      allowedMethods: [s3.HttpMethods.PUT],
      allowedOrigins: ['https://*.example.com'],
      allowedHeaders: ['content-type', 'x-amz-meta-*'],
    });
    photos.addCorsRule({ allowedMethods: [s3.HttpMethods.GET], allowedOrigins: ['https://*example.com'] });
  }
}
