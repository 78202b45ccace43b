import cors from '@fastify/cors';
import Fastify from 'fastify';

const server = Fastify();
await server.register(cors, { origin: 'https://app.example.com' });
server.addHook('onRequest', async (request, reply) => {
  if (!request.headers.authorization) return reply.code(401).send({ error: 'sign in' });
});
server.all('/', async () => ({ ok: true }));
await server.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
