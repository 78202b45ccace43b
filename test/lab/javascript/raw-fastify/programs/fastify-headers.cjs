const fastify = require('fastify');

const app = fastify();
app.all('/', async (request, reply) => {
  reply.headers({ 'Access-Control-Allow-Origin': 'https://app.example.com', 'Access-Control-Allow-Credentials': 'true' });
  return 'ok';
});

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
