import Koa from 'koa';
import cors from '@koa/cors';

const app = new Koa();

app
  .use(cors({ origin: (ctx) => (/^https:\/\/([a-z]+\.)?example\.com$/.test(ctx.get('Origin')) ? ctx.get('Origin') : false) }))
  .use(async (ctx) => { ctx.body = { ok: true }; })
  .listen(Number(process.env.PORT), '127.0.0.1');
