import { createServer } from 'node:http';
import { createApp, eventHandler, handleCors, toNodeListener } from 'h3';

const app = createApp();
app.use(eventHandler((event) => {
  if (handleCors(event, { origin: 'https://app.example.com', credentials: true })) return;
  if (event.path === '/fails') throw new Error('on purpose');
  return 'ok';
}));
createServer(toNodeListener(app)).listen(process.env.PORT, '127.0.0.1');
