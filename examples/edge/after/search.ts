import { Hono } from 'hono';
import { cors } from 'hono/cors';

const app = new Hono();

app.use('/search/*', cors({
  origin: (origin) => (origin.endsWith('.shop.example') && origin.startsWith('https://') ? origin : 'https://shop.example'),
  allowMethods: ['GET'],
  credentials: true,
}));

app.get('/search/:word', (c) => c.json({ word: c.req.param('word'), hits: [] }));

export default app;
