const fastify = require('fastify');

const app = fastify();
app.addHook('onRequest', async (request, reply) => {
  reply.header('Vary', 'Origin');
  switch (request.headers.origin) {
    case 'https://app.example.com':
      reply.header('Access-Control-Allow-Credentials', 'true');
      // falls through
    case 'http://localhost:3000':
      reply.header('Access-Control-Allow-Origin', request.headers.origin);
  }
});
app.all('/', async () => 'ok');

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
