const fastify = require('fastify');

const app = fastify();
app.addHook('onRequest', async (request, reply) => {
  const { origin = '' } = request.headers;
  if (!origin.startsWith('https://app.example.com')) return;
  reply.header('Access-Control-Allow-Origin', origin);
  reply.header('Access-Control-Allow-Credentials', 'true');
});
app.all('/', async () => 'ok');

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
