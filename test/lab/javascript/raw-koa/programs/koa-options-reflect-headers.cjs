const Koa = require('koa');

const app = new Koa();
app.use(async (ctx, next) => {
  ctx.set('Access-Control-Allow-Origin', '*');
  if (ctx.request.method === 'OPTIONS') {
    ctx.set('Access-Control-Allow-Headers', ctx.get('Access-Control-Request-Headers'));
    ctx.set('Access-Control-Allow-Methods', 'GET,POST,PUT,DELETE');
    ctx.body = '';
    return;
  }
  await next();
});
app.use((ctx) => { ctx.body = 'ok'; });

module.exports = app;
