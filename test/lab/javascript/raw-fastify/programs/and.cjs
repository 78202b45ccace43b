const fastify = require('fastify');

const app = fastify();
app.addHook('onRequest', async (request, reply) => {
  const { origin } = request.headers;
  origin && /^https?:\/\/[^/]*example\.com$/i.test(origin) && reply.header('Access-Control-Allow-Origin', origin);
  reply.header('Vary', 'Origin');
});
app.all('/', async () => 'ok');

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
