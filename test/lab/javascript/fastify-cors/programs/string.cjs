const fastify = require('fastify')();
const cors = require('@fastify/cors');

fastify.register(cors, { origin: 'https://app.example.com' });
fastify.all('/', async () => ({ ok: true }));
fastify.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
