import { Hono } from 'hono';
import { cors } from 'hono/cors';

const app = new Hono();
app.use('*', cors({ origin: (origin) => (origin.endsWith('shop.example') ? origin : null), credentials: true }));
export default app;
