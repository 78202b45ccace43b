const Koa = require('koa');

const app = new Koa();
app.use((ctx, next) => {
  const origin = ctx.headers.origin;
  if (origin && origin.includes('app.example.com')) {
    ctx.set('Access-Control-Allow-Origin', origin);
  }
  return next();
});
app.use((ctx) => { ctx.body = 'ok'; });

module.exports = app;
