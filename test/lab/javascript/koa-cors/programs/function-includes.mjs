import Koa from 'koa';
import cors from '@koa/cors';
const list = ['https://app.example.com'];
function pick(ctx) {
  const requestOrigin = ctx.headers.origin;
  if (list.includes(requestOrigin)) return requestOrigin;
  return list[0];
}
const app = new Koa();

app
  .use(cors({ origin: pick }))
  .use(async (ctx) => { ctx.body = { ok: true }; })
  .listen(Number(process.env.PORT), '127.0.0.1');
