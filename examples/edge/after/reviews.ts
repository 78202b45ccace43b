import { Elysia } from 'elysia';
import { cors } from '@elysiajs/cors';

export const reviews = new Elysia({ prefix: '/reviews' })
  .use(cors({ origin: 'https://shop.example', methods: ['GET'] }))
  .get('/:article', ({ params }) => ({ article: params.article, stars: 4 }))
  .listen(3003);
