const fastify = require('fastify');

const app = fastify();
const trusted = ['https://app.example.com', 'http://localhost:3000'];
app.all('/', async (request, reply) => {
  const { origin } = request.headers;
  reply.header('Vary', 'Origin');
  if (trusted.includes(origin)) reply.header('Access-Control-Allow-Origin', origin);
  return 'ok';
});

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
