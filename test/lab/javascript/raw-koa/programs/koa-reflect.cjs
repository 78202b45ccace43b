const Koa = require('koa');

const app = new Koa();
app.use(async (ctx, next) => {
  ctx.set('Access-Control-Allow-Origin', ctx.request.headers.origin || '*');
  ctx.set('Access-Control-Allow-Credentials', 'true');
  await next();
});
app.use((ctx) => { ctx.body = 'ok'; });

module.exports = app;
