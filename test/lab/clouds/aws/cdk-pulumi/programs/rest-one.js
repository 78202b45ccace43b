'use strict';
const { Stack, Duration } = require('aws-cdk-lib');
const apigateway = require('aws-cdk-lib/aws-apigateway');

/** What every stage shares; only the origins differ. */
const shared = { allowHeaders: ['Content-Type', 'Authorization'], allowCredentials: true, maxAge: Duration.seconds(90) };

class InvoicesStack extends Stack {
  constructor(scope, id) {
    super(scope, id);
    const api = new apigateway.RestApi(this, 'Invoices');
    api.root.addMethod('GET', new apigateway.MockIntegration());
    api.root.addCorsPreflight({ ...shared, allowOrigins: ['https://app.example.com'] });
  }
}

exports.InvoicesStack = InvoicesStack;
