const fastify = require('fastify');

const app = fastify();
const known = new Set(['https://app.example.com']);
app.addHook('onRequest', async (request, reply) => {
  if (known.has(request.headers.origin)) {
    reply.header('Access-Control-Allow-Origin', request.headers.origin);
    reply.header('Access-Control-Expose-Headers', ['X-Total', 'X-Page'].join(', '));
  }
  reply.header('Vary', 'Origin');
});
app.all('/', async () => 'ok');

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
