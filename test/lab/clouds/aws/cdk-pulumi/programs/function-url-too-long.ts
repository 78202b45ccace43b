import { Duration, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';

export class FontsStack extends Stack {
  constructor(scope: any, id: string) {
    super(scope, id);
    const fonts = new lambda.Function(this, 'Fonts', { code: lambda.Code.fromInline('exports.main = async () => 1'), handler: 'index.main', runtime: lambda.Runtime.NODEJS_LATEST });
    fonts.addFunctionUrl({ cors: { allowedOrigins: ['https://app.example.com'], maxAge: Duration.days(2) } });
  }
}
