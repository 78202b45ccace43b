const fastify = require('fastify');

const app = fastify();
app.all('/', async (request, reply) => {
  const origin = request.headers.origin || '';
  if (/^https:\/\/.*\.example\.com$/.test(origin)) reply.header('Access-Control-Allow-Origin', origin);
  return 'ok';
});

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
