import Fastify from 'fastify';
import cors from '@fastify/cors';
const trusted = ['https://app.example.com'];
const server = Fastify();
await server.register(cors, { origin: trusted, credentials: true, methods: ['GET', 'PUT', 'DELETE'] });
server.route({ method: ['GET', 'POST', 'PUT'], url: '/', handler: async () => 'ok' });
await server.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
