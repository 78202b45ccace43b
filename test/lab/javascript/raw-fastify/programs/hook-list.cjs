const fastify = require('fastify');

const app = fastify();
const allowed = ['https://app.example.com', 'http://localhost:3000'];
app.addHook('onRequest', async (request, reply) => {
  const { origin } = request.headers;
  reply.header('Vary', 'Origin');
  if (allowed.includes(origin)) {
    reply.header('Access-Control-Allow-Origin', origin);
    reply.header('Access-Control-Allow-Credentials', 'true');
  }
});
app.all('/', async () => 'ok');
app.get('/fails', async () => { throw new Error('out of order'); });

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
