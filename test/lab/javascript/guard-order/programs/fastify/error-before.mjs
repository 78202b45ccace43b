import cors from '@fastify/cors';
import Fastify from 'fastify';

const server = Fastify();
server.addHook('onRequest', async (request) => {
  if (!request.headers.authorization) throw Object.assign(new Error('sign in'), { statusCode: 401 });
});
await server.register(cors, { origin: 'https://app.example.com' });
server.all('/', async () => ({ ok: true }));
await server.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
