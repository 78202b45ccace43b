const Koa = require('koa');

const app = new Koa();
const list = ['https://app.example.com', 'https://sub.app.example.com'];
app.use(async (ctx, next) => {
  const { origin } = ctx.headers;
  ctx.set('Access-Control-Allow-Origin', list.includes(origin) ? origin : list[0]);
  ctx.set('Vary', 'Origin');
  await next();
});
app.use((ctx) => {
  if (ctx.path === '/fails') throw new Error('out of order');
  ctx.body = 'ok';
});

module.exports = app;
