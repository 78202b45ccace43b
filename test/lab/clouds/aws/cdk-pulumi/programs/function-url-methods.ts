import { Stack } from 'aws-cdk-lib';
import { Code, Function, FunctionUrlAuthType, Runtime } from 'aws-cdk-lib/aws-lambda';

export class WebhookStack extends Stack {
  constructor(scope: any, id: string) {
    super(scope, id);
    const hook = new Function(this, 'Hook', { code: Code.fromInline('def main(event, context): return 1'), handler: 'index.main', runtime: Runtime.PYTHON_3_13 });
    hook.addFunctionUrl({ authType: FunctionUrlAuthType.NONE, cors: { allowedOrigins: ['https://app.example.com'] } });
  }
}
