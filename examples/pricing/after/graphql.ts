import { createYoga } from 'graphql-yoga';
import { schema } from './schema';

const trusted = ['https://shop.example', 'https://admin.shop.example'];

export const yoga = createYoga({
  schema,
  cors: (request) => {
    const origin = request.headers.get('origin');
    return origin && trusted.includes(origin) ? { origin, credentials: true } : false;
  },
});
