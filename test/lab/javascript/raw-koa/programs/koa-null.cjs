const Koa = require('koa');

const app = new Koa();
app.use(async (ctx, next) => {
  const origin = ctx.get('Origin');
  if (origin === 'null' || origin === 'https://app.example.com') ctx.set('Access-Control-Allow-Origin', origin);
  ctx.vary('Origin');
  await next();
});
app.use((ctx) => { ctx.body = 'ok'; });

module.exports = app;
