const Koa = require('koa');

const app = new Koa();
app.use(async (ctx, next) => {
  ctx.vary('Origin');
  switch (ctx.get('Origin')) {
    case 'https://app.example.com':
    case 'http://localhost:3000':
      ctx.set('Access-Control-Allow-Origin', ctx.get('Origin'));
      ctx.set('Access-Control-Allow-Credentials', 'true');
      break;
    case 'https://sub.app.example.com':
      ctx.set('Access-Control-Allow-Origin', 'https://sub.app.example.com');
      break;
    default:
  }
  await next();
});
app.use((ctx) => { ctx.body = 'ok'; });

module.exports = app;
