const Koa = require('koa');
const cors = require('@koa/cors');

const app = new Koa();
const options = { credentials: true, keepHeadersOnError: true };
const readers = ['https://admin.shop.example', 'https://accounts.shop.example'];

app.use(cors({ ...options, origin: (ctx) => (readers.includes(ctx.get('Origin')) ? ctx.get('Origin') : readers[0]) }));
app.use(async (ctx) => {
  ctx.body = { sold: 41 };
});

app.listen(3005);
