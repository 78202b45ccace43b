const fastify = require('fastify')();

fastify.register(require('@fastify/cors'), {
  delegator(req, callback) {
    callback(null, { origin: '*', methods: ['GET', 'PUT'], exposedHeaders: ['X-Total'] });
  },
});
fastify.route({ method: ['GET', 'POST', 'PUT'], url: '/', handler: async () => 'ok' });
fastify.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
