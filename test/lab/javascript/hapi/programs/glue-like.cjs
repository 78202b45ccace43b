const Hapi = require('@hapi/hapi');

const manifest = { server: { host: '127.0.0.1', port: process.env.PORT, routes: { cors: { origin: ['https://app.example.com'] } } } };
const server = Hapi.server(manifest.server);
server.route({ method: ['GET', 'POST', 'PUT', 'DELETE'], path: '/', handler: () => 'ok' });
server.start();
