import middy from '@middy/core';
import httpCors from '@middy/http-cors';

const answer = async () => ({ statusCode: 200, body: 'ok' });
export const handler = middy(answer).use(httpCors({ origins: ['https://app.example.com', 'http://localhost:3000'] }));
