const Koa = require('koa');
const cors = require('@koa/cors');

const app = new Koa();
const requireKey = async (ctx, next) => {
  if (!ctx.request.headers['x-api-key']) ctx.throw(401, 'no key');
  await next();
};
app.use(requireKey);
app.use(cors({ origin: 'https://app.example.com' }));
app.use((ctx) => {
  ctx.body = 'ok';
});
app.listen(process.env.PORT, '127.0.0.1');
