const fastify = require('fastify');

const app = fastify();
const trusted = ['https://app.example.com', 'http://localhost:3000'];
app.addHook('onRequest', async (request, reply) => {
  for (const one of trusted) {
    if (one === request.headers.origin) {
      reply.header('Access-Control-Allow-Origin', one);
      reply.header('Vary', 'Origin');
      return;
    }
  }
});
app.all('/', async () => 'ok');

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
