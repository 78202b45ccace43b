const fastify = require('fastify');

const app = fastify();
app.addHook('preHandler', async (req, reply) => {
  const origin = req.headers.origin;
  if (origin) reply.header('Access-Control-Allow-Origin', origin);
});
app.all('/', async () => 'ok');

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
