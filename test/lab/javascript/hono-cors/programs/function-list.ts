import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
const allowed = ['https://app.example.com', 'https://admin.example.com'];
const app = new Hono();
app.use('*', cors({
  origin: (origin, c) => {
    if (allowed.includes(origin)) return origin;
    return undefined;
  },
}));
app.all('/', (c) => c.text('ok'));

serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: '127.0.0.1' });
