import Fastify from 'fastify';
import cors from '@fastify/cors';

const server = Fastify();
await server.register(cors, { origin: async (origin) => origin === 'https://app.example.com' });
server.route({ method: ['GET', 'POST', 'PUT'], url: '/', handler: async () => 'ok' });
await server.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
