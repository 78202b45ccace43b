const fastify = require('fastify');

const app = fastify();
app.addHook('onRequest', async (request, reply) => {
  const { origin } = request.headers;
  reply.header('Access-Control-Allow-Origin', origin === 'http://localhost:3000' ? origin : 'https://app.example.com');
  reply.header('Vary', 'Origin');
});
app.all('/', async () => 'ok');
app.get('/fails', async () => { throw new Error('out of order'); });

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
