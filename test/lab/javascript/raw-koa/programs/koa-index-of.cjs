const Koa = require('koa');

const app = new Koa();
const origins = ['https://app.example.com'];
app.use(async (ctx, next) => {
  const origin = ctx.request.header.origin;
  if (origins.indexOf(origin) !== -1) {
    ctx.set('Access-Control-Allow-Origin', origin);
    ctx.append('Vary', 'Origin');
  }
  await next();
});
app.use((ctx) => { ctx.body = 'ok'; });

module.exports = app;
