const Koa = require('koa');

const app = new Koa();
app.use(async (ctx, next) => {
  ctx.append('Access-Control-Allow-Origin', 'https://app.example.com');
  ctx.append('Vary', 'Origin');
  await next();
});
app.use((ctx) => { ctx.body = 'ok'; });

module.exports = app;
