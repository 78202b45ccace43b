import { createServer } from 'node:http';
import { Server } from 'socket.io';

const web = createServer();
const io = new Server(web, {
  path: '/chat',
  cors: {
    // The help pages live on their own subdomain.
    origin: [/^https:\/\/help\.shop\.example$/, 'https://shop.example'],
    credentials: true,
  },
});

io.on('connection', (socket) => {
  socket.on('say', (text) => io.emit('said', text));
});

web.listen(3002);
