const Koa = require('koa');

const app = new Koa();
app.use(async (ctx, next) => {
  ctx.set('Access-Control-Allow-Origin', '*');
  ctx.set('Access-Control-Allow-Credentials', 'true');
  await next();
});
app.use((ctx) => {
  if (ctx.path === '/fails') throw new Error('out of order');
  ctx.body = 'ok';
});

module.exports = app;
