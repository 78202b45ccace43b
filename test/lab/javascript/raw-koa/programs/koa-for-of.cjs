const Koa = require('koa');

const app = new Koa();
const candidates = ['https://app.example.com', 'http://localhost:3000'];
app.use(async (ctx, next) => {
  const origin = ctx.get('Origin');
  for (const candidate of candidates) {
    if (origin === candidate) {
      ctx.set('Access-Control-Allow-Origin', candidate);
      break;
    }
  }
  ctx.vary('Origin');
  await next();
});
app.use((ctx) => { ctx.body = 'ok'; });

module.exports = app;
