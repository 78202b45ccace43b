const fastify = require('fastify')();

fastify.register(require('@fastify/cors'), () => (req, callback) => {
  if (req.headers.origin === 'https://app.example.com') {
    callback(null, { origin: 'https://app.example.com', credentials: true });
    return;
  }
  callback(null, { origin: false });
});
fastify.route({ method: ['GET', 'POST', 'PUT'], url: '/', handler: async () => 'ok' });
fastify.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
