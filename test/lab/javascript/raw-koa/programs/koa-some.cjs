const Koa = require('koa');

const app = new Koa();
const domains = ['.example.com', '.example.org'];
app.use(async (ctx, next) => {
  const { origin } = ctx.request.headers;
  if (origin && domains.some((domain) => origin.endsWith(domain))) {
    ctx.set({ 'Access-Control-Allow-Origin': origin, 'Access-Control-Allow-Credentials': 'true', Vary: 'Origin' });
  }
  await next();
});
app.use((ctx) => { ctx.body = 'ok'; });

module.exports = app;
