import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { cors } from 'hono/cors';

const app = new Hono();
app.use(async (c, next) => {
  if (c.req.header('x-api-key') !== 'lab') return c.json({ error: 'no key' }, 401);
  await next();
});
app.use(cors({ origin: 'https://app.example.com' }));
app.all('/', (c) => c.text('ok'));

serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: '127.0.0.1' });
