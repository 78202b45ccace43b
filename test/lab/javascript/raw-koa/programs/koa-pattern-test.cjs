const Koa = require('koa');

const app = new Koa();
const subdomain = /^https:\/\/([a-z]+\.)*app\.example\.com$/;
app.use((ctx, next) => {
  const origin = ctx.get('Origin');
  if (subdomain.test(origin)) ctx.set('Access-Control-Allow-Origin', origin);
  ctx.vary('Origin');
  return next();
});
app.use((ctx) => { ctx.body = 'ok'; });

module.exports = app;
