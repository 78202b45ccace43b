const fastify = require('fastify');

const app = fastify();
app.addHook('onRequest', async (request, reply) => {
  reply.header('Access-Control-Allow-Origin', 'https://app.example.com http://localhost:3000');
});
app.all('/', async () => 'ok');

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
