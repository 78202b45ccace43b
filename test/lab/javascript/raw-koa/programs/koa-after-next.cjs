const Koa = require('koa');

const app = new Koa();
app.use(async (ctx, next) => {
  await next();
  ctx.set('Access-Control-Allow-Origin', 'https://app.example.com');
  ctx.set('Access-Control-Allow-Credentials', 'true');
});
app.use((ctx) => {
  if (ctx.path === '/fails') throw new Error('out of order');
  ctx.body = 'ok';
});

module.exports = app;
