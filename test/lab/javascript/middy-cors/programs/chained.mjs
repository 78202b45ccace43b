import middy from '@middy/core';
import httpCors from '@middy/http-cors';

const options = { credentials: true, origins: ['https://app.example.com', 'http://localhost:3000'] };
export const handler = middy()
  .use(httpCors({ ...options, headers: 'Authorization' }))
  .handler(async () => ({ statusCode: 200, headers: { 'Content-Type': 'application/json' }, body: '{}' }));
