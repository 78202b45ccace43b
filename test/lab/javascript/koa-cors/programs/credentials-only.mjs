import Koa from 'koa';
import cors from '@koa/cors';

const app = new Koa();

app
  .use(cors({ credentials: true }))
  .use(async (ctx) => { ctx.body = { ok: true }; })
  .listen(Number(process.env.PORT), '127.0.0.1');
