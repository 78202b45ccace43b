const Hapi = require('@hapi/hapi');

const server = Hapi.server({
  port: 4002,
  routes: { cors: { origin: ['https://*shop.example'], credentials: true } },
});

server.route({ method: 'GET', path: '/orders', handler: () => [] });
server.start();
