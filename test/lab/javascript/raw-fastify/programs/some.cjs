const fastify = require('fastify');

const app = fastify();
const patterns = [/^http:\/\/localhost(:\d+)?$/, /\.example\.com$/];
app.addHook('onRequest', async (request, reply) => {
  const { origin } = request.headers;
  if (origin !== undefined && patterns.some((pattern) => pattern.test(origin))) {
    reply.header('Access-Control-Allow-Origin', origin);
    reply.header('Vary', 'Origin');
  }
});
app.all('/', async () => 'ok');

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
