const Koa = require('koa');

const app = new Koa();
const known = new Set(['https://app.example.com', 'https://sub.app.example.com']);
app.use(async (ctx, next) => {
  const origin = ctx.get('origin');
  if (known.has(origin)) ctx.set('Access-Control-Allow-Origin', origin);
  ctx.set('Vary', 'Origin');
  await next();
});
app.use((ctx) => { ctx.body = 'ok'; });

module.exports = app;
