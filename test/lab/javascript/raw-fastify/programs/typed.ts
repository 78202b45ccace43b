import Fastify from 'fastify';

const app = Fastify();
const origins: readonly string[] = ['https://app.example.com'];
app.addHook('onRequest', async (request, reply) => {
  const origin = request.headers.origin;
  if (origin !== undefined && origins.includes(origin)) {
    void reply.header('Access-Control-Allow-Origin', origin);
    void reply.header('Access-Control-Max-Age', 600);
  }
  void reply.header('Vary', 'Origin');
});
app.all('/', async () => 'ok');

void app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
