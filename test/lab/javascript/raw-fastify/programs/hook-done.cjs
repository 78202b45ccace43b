const fastify = require('fastify');

const app = fastify();
app.addHook('onRequest', (request, reply, done) => {
  reply.header('Access-Control-Allow-Origin', '*');
  done();
});
app.all('/', async () => 'ok');
app.get('/fails', async () => { throw new Error('out of order'); });

app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
