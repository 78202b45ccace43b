const Koa = require('koa');
const cors = require('@koa/cors');

const app = new Koa();
app.use(cors({ origin: 'https://app.example.com' }));
app.use(async (ctx, next) => {
  if (!ctx.get('Authorization')) ctx.throw(401);
  await next();
});
app.use((ctx) => {
  ctx.body = 'ok';
});
app.listen(process.env.PORT, '127.0.0.1');
