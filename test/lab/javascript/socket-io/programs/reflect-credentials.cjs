const http = require('http');
const { Server } = require('socket.io');

const server = http.createServer();
const io = new Server(server, { cors: { origin: true, credentials: true } });
io.on('connection', (socket) => socket.disconnect());
server.listen(process.env.PORT, '127.0.0.1');
