import Hapi from '@hapi/hapi';

const server = new Hapi.Server({ host: '127.0.0.1', port: process.env.PORT });
server.route([
  { method: 'GET', path: '/profile', options: { cors: { origin: ['https://app.example.com'], credentials: true }, handler: () => ({ name: 'Ada' }) } },
  { method: ['GET', 'PUT'], path: '/open', options: { cors: true, handler: () => 'ok' } },
  { method: 'GET', path: '/closed', handler: () => 'nothing' },
]);
await server.start();
