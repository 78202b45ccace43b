const fastify = require('fastify');

const app = fastify();
app.addHook('onRequest', async (request, reply) => {
  const origin = request.headers['origin'];
  if (origin?.includes('example.com')) reply.header('Access-Control-Allow-Origin', origin);
});
app.all('/', async () => 'ok');

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
