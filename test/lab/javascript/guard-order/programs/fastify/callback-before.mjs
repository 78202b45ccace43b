import cors from '@fastify/cors';
import Fastify from 'fastify';

const server = Fastify();
server.addHook('onRequest', (request, reply, done) => {
  if (request.headers['x-api-key'] !== 'lab') {
    reply.code(403).send({ error: 'no key' });
    return;
  }
  done();
});
await server.register(cors, { origin: 'https://app.example.com' });
server.all('/', async () => ({ ok: true }));
await server.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
