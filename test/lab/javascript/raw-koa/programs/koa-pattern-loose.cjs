const Koa = require('koa');

const app = new Koa();
app.use((ctx, next) => {
  const origin = ctx.get('Origin');
  if (origin.match(/example\.com/)) {
    ctx.set('Access-Control-Allow-Origin', origin);
    ctx.set('Access-Control-Allow-Credentials', 'true');
  }
  return next();
});
app.use((ctx) => { ctx.body = 'ok'; });

module.exports = app;
