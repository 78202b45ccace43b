const Koa = require('koa');

const app = new Koa();
app.use(async (ctx, next) => {
  const { origin } = ctx.headers;
  if (!origin) return next();
  if (!/^https:/.test(origin)) {
    return next();
  }
  ctx.set('Access-Control-Allow-Origin', origin);
  ctx.set('Vary', 'Origin');
  return next();
});
app.use((ctx) => { ctx.body = 'ok'; });

module.exports = app;
