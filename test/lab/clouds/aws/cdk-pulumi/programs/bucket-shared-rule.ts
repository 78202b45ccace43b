import { App, Stack, aws_s3 as s3 } from 'aws-cdk-lib';

const readers: s3.CorsRule = {
  allowedMethods: [s3.HttpMethods.GET],
  allowedOrigins: ['https://app.example.com', 'http://localhost:3000'],
};
const writers: s3.CorsRule = { ...readers, allowedMethods: [s3.HttpMethods.PUT, s3.HttpMethods.POST], allowedHeaders: ['*'], maxAge: 300 };

export const app = new App();
const stack = new Stack(app, 'Storage');
for (const name of ['drafts', 'published']) {
  new s3.Bucket(stack, name, { cors: [readers, writers] });
}
