import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { cors } from 'hono/cors';

const app = new Hono();
app.use('*', async (c, next) => {
  const token = c.req.header('Authorization');
  if (!token) throw new HTTPException(401, { message: 'sign in' });
  await next();
});
app.use('*', cors({ origin: 'https://app.example.com' }));
app.all('/', (c) => c.text('ok'));

serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: '127.0.0.1' });
