const fastify = require('fastify');

const app = fastify();
app.addHook('onSend', async (request, reply) => {
  reply.header('access-control-allow-origin', 'https://app.example.com');
  reply.header('access-control-allow-credentials', true);
});
app.all('/', async () => 'ok');
app.get('/fails', async () => { throw new Error('out of order'); });

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
