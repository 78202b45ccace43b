import { Stack, aws_lambda as lambda } from 'aws-cdk-lib';
import { Construct } from 'constructs';

class Handler extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const handler = new lambda.Function(this, 'Function', { code: lambda.Code.fromInline('exports.main = async () => 1'), handler: 'index.main', runtime: lambda.Runtime.NODEJS_LATEST });
    new lambda.FunctionUrl(this, 'Url', {
      function: handler,
      cors: {
        allowCredentials: true,
        allowedOrigins: ['https://app.example.com', 'http://app.example.com'],
        allowedMethods: [lambda.HttpMethod.GET, lambda.HttpMethod.POST],
        exposedHeaders: ['X-Page', 'X-Pages'],
      },
    });
  }
}

export { Handler };
