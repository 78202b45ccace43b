import cors from '@fastify/cors';
import Fastify from 'fastify';

const server = Fastify();
server.addHook('preHandler', async (request, reply) => {
  if (!request.headers.authorization) return reply.code(401).send({ error: 'sign in' });
});
await server.register(cors, { origin: 'https://app.example.com' });
server.all('/', async () => ({ ok: true }));
await server.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
