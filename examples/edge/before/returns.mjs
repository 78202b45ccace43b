import middy from '@middy/core';
import httpCors from '@middy/http-cors';

const list = async () => ({ statusCode: 200, body: '[]' });

export const handler = middy(list).use(httpCors({ origin: '*', credentials: true }));
