import middy from '@middy/core';
import httpCors from '@middy/http-cors';

const answer = async () => ({ statusCode: 200, body: 'ok' });
export const handler = middy(answer).use(httpCors({ getOrigin: (incoming) => (['https://app.example.com', 'https://admin.example.com'].includes(incoming) ? incoming : 'https://app.example.com'), credentials: true }));
