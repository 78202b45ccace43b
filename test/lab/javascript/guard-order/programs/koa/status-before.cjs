const Koa = require('koa');
const cors = require('@koa/cors');

const app = new Koa();
app.use(async (ctx, next) => {
  if (ctx.headers['x-api-key'] !== 'lab') {
    ctx.status = 403;
    return;
  }
  await next();
});
app.use(cors({ origin: 'https://app.example.com' }));
app.use((ctx) => {
  ctx.body = 'ok';
});
app.listen(process.env.PORT, '127.0.0.1');
