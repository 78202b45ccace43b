import { server as createServer } from '@hapi/hapi';

const allowed = ['https://app.example.com', 'https://admin.example.com'];
const routes = { cors: { origin: allowed, credentials: true, maxAge: 60 * 60 } };
const server = createServer({ host: '127.0.0.1', port: Number(process.env.PORT), routes });
server.route({ method: ['GET', 'POST', 'PUT', 'DELETE'], path: '/', handler: () => 'ok' });
await server.start();
