import { createYoga } from 'graphql-yoga';
import { schema } from './schema';

export const yoga = createYoga({
  schema,
  cors: { origin: ['https://shop.example', 'https://admin.shop.example'], credentials: true },
});
