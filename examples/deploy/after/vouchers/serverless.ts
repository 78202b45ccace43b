import type { AWS } from '@serverless/typescript';

const vouchers: AWS = {
  service: 'vouchers',
  frameworkVersion: '3',
  provider: {
    name: 'aws',
    runtime: 'nodejs20.x',
    httpApi: { cors: { allowedOrigins: ['https://shop.example'], allowedMethods: ['GET', 'POST'], allowCredentials: true } },
  },
  functions: {
    redeem: { handler: 'src/redeem.handler', events: [{ httpApi: { method: 'post', path: '/redeem' } }] },
  },
};

export default vouchers;
