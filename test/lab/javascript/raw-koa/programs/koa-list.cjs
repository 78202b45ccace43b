const Koa = require('koa');

const app = new Koa();
const trusted = ['https://app.example.com', 'http://localhost:3000'];
app.use(async (ctx, next) => {
  const origin = ctx.get('Origin');
  ctx.vary('Origin');
  if (trusted.includes(origin)) {
    ctx.set('Access-Control-Allow-Origin', origin);
    ctx.set('Access-Control-Allow-Credentials', 'true');
  }
  await next();
});
app.use((ctx) => { ctx.body = 'ok'; });

module.exports = app;
