import { createServer } from 'node:http';
import { appendCorsHeaders, createApp, eventHandler, toNodeListener } from 'h3';

const app = createApp();
app.use(eventHandler((event) => {
  appendCorsHeaders(event, { origin: ['https://app.example.com'], credentials: true, exposeHeaders: ['x-total'] });
  if (event.path === '/fails') throw new Error('on purpose');
  return 'ok';
}));
createServer(toNodeListener(app)).listen(process.env.PORT, '127.0.0.1');
