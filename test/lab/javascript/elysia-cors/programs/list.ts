import { cors } from '@elysiajs/cors';
import { node } from '@elysiajs/node';
import { Elysia } from 'elysia';

new Elysia({ adapter: node() })
  .use(cors({ origin: ['https://app.example.com', 'http://localhost:3000'] }))
  .get('/', () => 'ok')
  .post('/', () => 'ok')
  .listen({ port: Number(process.env.PORT), hostname: '127.0.0.1' });
