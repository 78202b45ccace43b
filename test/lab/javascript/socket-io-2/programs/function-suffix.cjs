const http = require('http');
const server = http.createServer();
const io = require('socket.io')(server);
io.origins((origin, callback) => callback(null, origin.endsWith('example.com')));
io.on('connection', (socket) => socket.disconnect());
server.listen(process.env.PORT, '127.0.0.1');
