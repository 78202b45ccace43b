import { App, Stack, type StackProps } from 'aws-cdk-lib';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';

const stages = { production: ['https://app.example.com'], review: ['https://app.example.com', 'http://localhost:3000'] };

class FormsStack extends Stack {
  constructor(scope: App, id: string, props?: StackProps) {
    super(scope, id, props);
    new HttpApi(this, 'Forms', { corsPreflight: { allowOrigins: stages.production, allowHeaders: ['content-type'] } });
    new HttpApi(this, 'ReviewForms', { corsPreflight: { allowOrigins: stages.review, allowHeaders: ['content-type'] } });
  }
}

export const app = new App();
new FormsStack(app, 'Forms');
