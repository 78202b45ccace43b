const fastify = require('fastify');

const app = fastify();
app.all('/', (request, reply) => {
  reply.header('Access-Control-Allow-Origin', '*').header('Access-Control-Allow-Credentials', 'true').send('ok');
});

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
