import { Elysia } from 'elysia';
import { cors } from '@elysiajs/cors';

// Without options: every origin, and with cookies.
export const reviews = new Elysia({ prefix: '/reviews' })
  .use(cors())
  .get('/:article', ({ params }) => ({ article: params.article, stars: 4 }))
  .listen(3003);
