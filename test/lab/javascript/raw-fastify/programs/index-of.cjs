const fastify = require('fastify');

const app = fastify();
const list = ['https://app.example.com', 'https://sub.app.example.com'];
app.addHook('onRequest', async ({ headers }, reply) => {
  if (list.indexOf(headers.origin) > -1) reply.header('Access-Control-Allow-Origin', headers.origin);
  reply.header('Vary', 'Origin');
});
app.all('/', async () => 'ok');

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
