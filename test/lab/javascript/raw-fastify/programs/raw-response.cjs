const fastify = require('fastify');

const app = fastify();
app.all('/', (request, reply) => {
  reply.raw.setHeader('Access-Control-Allow-Origin', 'http://localhost:3000');
  reply.send('ok');
});

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
