import { createServer } from 'node:http';
import { H3, handleCors, toNodeHandler } from 'h3';

const app = new H3();
app.use((event) => {
  const answered = handleCors(event, { origins: ['https://app.example.com'] });
  if (answered !== false) return answered;
});
app.get('/fails', () => { throw new Error('on purpose'); });
app.all('/', () => 'ok');
createServer(toNodeHandler(app)).listen(process.env.PORT, '127.0.0.1');
