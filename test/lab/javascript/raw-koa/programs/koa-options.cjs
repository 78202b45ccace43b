const Koa = require('koa');

const app = new Koa();
app.use(async (ctx, next) => {
  ctx.set('Access-Control-Allow-Origin', 'https://app.example.com');
  if (ctx.method === 'OPTIONS') {
    ctx.set('Access-Control-Allow-Methods', 'GET, PUT, DELETE');
    ctx.set('Access-Control-Allow-Headers', 'content-type, x-test');
    ctx.set('Access-Control-Max-Age', '600');
    ctx.status = 204;
    return;
  }
  await next();
});
app.use((ctx) => {
  if (ctx.path === '/fails') throw new Error('out of order');
  ctx.body = 'ok';
});

module.exports = app;
