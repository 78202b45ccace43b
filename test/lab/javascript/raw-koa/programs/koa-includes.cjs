const Koa = require('koa');

const app = new Koa();
const allowed = ['https://app.example.com', 'http://localhost:3000'];
app.use(async (ctx, next) => {
  const origin = ctx.get('Origin');
  ctx.vary('Origin');
  if (!allowed.includes(origin)) return next();
  ctx.set('Access-Control-Allow-Origin', origin);
  ctx.set('Access-Control-Allow-Credentials', 'true');
  return next();
});
app.use((ctx) => {
  if (ctx.path === '/fails') throw new Error('out of order');
  ctx.body = 'ok';
});

module.exports = app;
