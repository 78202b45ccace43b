import { createServer } from 'node:http';
import { H3, handleCors, toNodeHandler } from 'h3';

const app = new H3();
app.use((event) => {
  const answered = handleCors(event, { origin: [/app\.example\.com/], credentials: true });
  if (answered !== false) return answered;
});
app.get('/fails', () => { throw new Error('on purpose'); });
app.all('/', () => 'ok');
createServer(toNodeHandler(app)).listen(process.env.PORT, '127.0.0.1');
