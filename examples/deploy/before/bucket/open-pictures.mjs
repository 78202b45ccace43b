import { PutBucketCorsCommand, S3Client } from '@aws-sdk/client-s3';

const rule = { AllowedOrigins: ['*'], AllowedMethods: ['PUT'], AllowedHeaders: ['Content-Type'] };

await new S3Client({}).send(
  new PutBucketCorsCommand({ Bucket: 'pictures', CORSConfiguration: { CORSRules: [rule] } }),
);
