import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { cors } from 'hono/cors';

const app = new Hono();
app.use(async (c, next) => {
  if (c.req.method === 'OPTIONS') return next();
  if (!c.req.header('Authorization')) return c.text('sign in', 401);
  await next();
});
app.use(cors({ origin: 'https://app.example.com' }));
app.all('/', (c) => c.text('ok'));

serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: '127.0.0.1' });
