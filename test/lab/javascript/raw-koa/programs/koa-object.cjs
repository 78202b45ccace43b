const Koa = require('koa');

const app = new Koa();
app.use(async (ctx, next) => {
  ctx.set({ 'Access-Control-Allow-Origin': 'https://app.example.com', Vary: 'Origin' });
  await next();
});
app.use((ctx) => { ctx.body = 'ok'; });

module.exports = app;
