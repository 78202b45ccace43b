const fastify = require('fastify');

const app = fastify();
app.all('/', async (request, reply) => {
  reply.header('Access-Control-Allow-Origin', '*');
  return 'ok';
});

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
