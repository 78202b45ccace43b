const Koa = require('koa');

const app = new Koa();
app.use(async (ctx, next) => {
  const origin = ctx.headers.origin;
  origin && ctx.set('Access-Control-Allow-Origin', origin);
  origin && ctx.set('Access-Control-Allow-Credentials', 'true');
  await next();
});
app.use((ctx) => { ctx.body = 'ok'; });

module.exports = app;
