import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { bearerAuth } from 'hono/bearer-auth';
import { cors } from 'hono/cors';

const app = new Hono();
app.on(['POST', 'PUT', 'DELETE'], '/', bearerAuth({ token: 'lab' }));
app.use('*', cors({ origin: 'https://app.example.com' }));
app.all('/', (c) => c.text('ok'));

serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: '127.0.0.1' });
