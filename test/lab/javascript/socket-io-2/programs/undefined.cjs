const http = require('http');
const server = http.createServer();
const io = require('socket.io')(server, { origins: undefined });
io.on('connection', (socket) => socket.disconnect());
server.listen(process.env.PORT, '127.0.0.1');
