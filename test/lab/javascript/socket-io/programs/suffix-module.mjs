import { createServer } from 'node:http';
import { Server } from 'socket.io';

const trusted = ['https://app.example.com'];

const http = createServer((request, response) => response.end());

export const io = new Server(http, {
  serveClient: false,
  ...{ cors: { origin: (origin, done) => done(null, Boolean(origin?.endsWith('example.com'))) } },
});
http.listen(Number(process.env.PORT), '127.0.0.1');
