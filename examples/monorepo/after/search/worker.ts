import { Hono } from 'hono';
import { cors } from 'hono/cors';

const app = new Hono();
app.use('*', cors({ origin: ['https://shop.example', 'https://www.shop.example'], credentials: true }));
export default app;
