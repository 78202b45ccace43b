import Hapi from '@hapi/hapi';

const cors = { origin: ['https://*.example.com'], credentials: true, additionalHeaders: ['x-test'] };
const plugin = {
  name: 'orders',
  register: async (server: Hapi.Server) => {
    server.route({ method: 'GET', path: '/orders', handler: () => [], config: { cors } } as never);
    server.route({ method: '*', path: '/any', handler: () => [], options: () => ({ cors: { origin: 'ignore' } }) } as never);
  },
};
const server = Hapi.server({ host: '127.0.0.1', port: process.env.PORT });
await server.register(plugin);
await server.start();
