const fastify = require('fastify');

const app = fastify();
app.addHook('onRequest', async (request, reply) => {
  reply.header('Access-Control-Allow-Origin', 'https://app.example.com');
  if (request.method === 'OPTIONS') {
    reply.header('Access-Control-Allow-Methods', 'GET, PUT, DELETE');
    reply.header('Access-Control-Allow-Headers', 'content-type, x-test');
    return reply.code(204).send();
  }
});
app.all('/', async () => 'ok');
app.get('/fails', async () => { throw new Error('out of order'); });

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
