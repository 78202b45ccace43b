import Fastify from 'fastify';
import cors from '@fastify/cors';

const server = Fastify();
await server.register(cors, {});
server.route({ method: ['GET', 'POST', 'PUT'], url: '/', handler: async () => 'ok' });
await server.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
