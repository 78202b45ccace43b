const fastify = require('fastify');

const app = fastify();
app.all('/', async (request, reply) => {
  const { origin } = request.headers;
  if (origin) reply.header('Access-Control-Allow-Origin', origin).header('Access-Control-Allow-Credentials', 'true');
  return 'ok';
});

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
