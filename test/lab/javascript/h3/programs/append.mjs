import { createServer } from 'node:http';
import { H3, appendCorsHeaders, appendCorsPreflightHeaders, isPreflightRequest, toNodeHandler } from 'h3';

const options = { origin: ['https://app.example.com'], methods: ['GET', 'DELETE'], credentials: true };
const app = new H3();
app.use((event) => {
  if (isPreflightRequest(event)) {
    appendCorsPreflightHeaders(event, options);
    return '';
  }
  appendCorsHeaders(event, options);
});
app.get('/fails', () => { throw new Error('on purpose'); });
app.all('/', () => 'ok');
createServer(toNodeHandler(app)).listen(process.env.PORT, '127.0.0.1');
