import { Duration, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

export class ResizeStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const resize = new lambda.Function(this, 'Resize', {
      code: lambda.Code.fromInline('exports.main = async () => "ok"'), handler: 'index.main', runtime: lambda.Runtime.NODEJS_LATEST, timeout: Duration.seconds(20),
    });
    const url = resize.addFunctionUrl({
      authType: lambda.FunctionUrlAuthType.NONE,
      cors: { allowedOrigins: ['*'], allowedMethods: [lambda.HttpMethod.ALL], allowedHeaders: ['*'], maxAge: Duration.days(1) },
    });
    this.exportValue(url.url);
  }
}
