const Koa = require('koa');
const cors = require('@koa/cors');

const app = new Koa();
const options = { credentials: true, keepHeadersOnError: true };

app.use(cors({ ...options, origin: (ctx) => ctx.get('Origin') }));
app.use(async (ctx) => {
  ctx.body = { sold: 41 };
});

app.listen(3005);
