const Koa = require('koa');
const cors = require('@koa/cors');

const app = new Koa();
app.use(async (ctx, next) => {
  try {
    await next();
  } catch (error) {
    ctx.status = error.status ?? 500;
    ctx.body = { error: error.message };
  }
});
app.use(cors({ origin: 'https://app.example.com' }));
app.use((ctx) => {
  ctx.body = 'ok';
});
app.listen(process.env.PORT, '127.0.0.1');
