const Hapi = require('@hapi/hapi');

const server = Hapi.server({ port: process.env.PORT, host: '127.0.0.1', routes: { cors: { origin: ['https://app.example.com/'] } } });
server.route({ method: ['GET', 'POST', 'PUT', 'DELETE'], path: '/', handler: () => 'ok' });
server.route({ method: 'GET', path: '/fails', handler: () => { throw new Error('on purpose'); } });
server.start();
