const fastify = require('fastify');

const app = fastify();
app.options('/', async (request, reply) => {
  reply.code(204);
  reply.header('Access-Control-Allow-Origin', 'https://app.example.com');
  reply.header('Access-Control-Allow-Methods', 'GET, PUT');
  reply.header('Access-Control-Allow-Headers', 'content-type, x-test');
  return '';
});
app.route({ method: ['GET', 'HEAD', 'POST'], url: '/', handler: async () => 'ok' });

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
