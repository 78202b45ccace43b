const Koa = require('koa');

const app = new Koa();
app.use(async (ctx, next) => {
  const { origin } = ctx.headers;
  if (origin && origin.endsWith('example.com')) ctx.set('Access-Control-Allow-Origin', origin);
  await next();
});
app.use((ctx) => { ctx.body = 'ok'; });

module.exports = app;
