const fastify = require('fastify');

const app = fastify();
app.addHook('onRequest', async (request, reply) => {
  reply.header('Access-Control-Allow-Origin', '*');
  reply.header('Access-Control-Allow-Headers', request.headers['access-control-request-headers'] || 'content-type');
});
app.all('/', async () => 'ok');

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
