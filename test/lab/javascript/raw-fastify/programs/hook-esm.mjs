import Fastify from 'fastify';

const app = Fastify();
app.addHook('onRequest', async (request, reply) => {
  const origin = request.headers.origin ?? '';
  if (new RegExp('^https://([a-z]+[.])?app[.]example[.]com$').test(origin)) {
    reply.headers({ 'Access-Control-Allow-Origin': origin, Vary: 'Origin' });
  }
});
app.all('/', async () => 'ok');

await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
