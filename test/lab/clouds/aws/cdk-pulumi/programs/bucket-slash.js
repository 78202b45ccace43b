const { Stack } = require('aws-cdk-lib');
const { Bucket, HttpMethods } = require('aws-cdk-lib/aws-s3');

class AssetsStack extends Stack {
  constructor(scope, id, props) {
    super(scope, id, props);
    const cors = [{ allowedMethods: [HttpMethods.GET], allowedOrigins: ['https://app.example.com/'], allowedHeaders: ['Authorization'] }];
    new Bucket(this, 'Assets', { cors, versioned: true });
  }
}

module.exports = { AssetsStack };
