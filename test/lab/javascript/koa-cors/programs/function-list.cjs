const Koa = require('koa');
const cors = require('@koa/cors');
const trusted = new Set(['https://app.example.com', 'http://localhost:3000']);
const allow = (ctx) => {
  const origin = ctx.get('Origin');
  return trusted.has(origin) ? origin : '';
};
const app = new Koa();
app.use(cors({ origin: allow, credentials: true }));
app.use((ctx) => { ctx.body = 'ok'; });
app.listen(process.env.PORT, '127.0.0.1');
