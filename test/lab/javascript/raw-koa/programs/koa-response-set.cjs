const Koa = require('koa');

const app = new Koa();
app.use(async (ctx, next) => {
  ctx.response.set('Access-Control-Allow-Origin', 'http://localhost:3000');
  ctx.response.set('Access-Control-Allow-Credentials', 'true');
  await next();
});
app.use((ctx) => { ctx.body = 'ok'; });

module.exports = app;
