import Fastify from 'fastify';
import cors from '@fastify/cors';

const fastify = Fastify({ logger: true });

await fastify.register(cors, {
  origin: ['https://admin.shop.example/', 'null'],
  methods: ['GET', 'PUT', 'delete'],
  credentials: true,
});

fastify.put('/articles/:id', async (request) => ({ saved: request.params.id }));

await fastify.listen({ port: 3004 });
