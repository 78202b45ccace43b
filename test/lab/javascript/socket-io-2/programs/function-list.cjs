const http = require('http');
const server = http.createServer();
const io = require('socket.io')(server);
io.origins((origin, callback) => { if (!['https://app.example.com', 'http://localhost:3000'].includes(origin)) return callback('not allowed', false); callback(null, true); });
io.on('connection', (socket) => socket.disconnect());
server.listen(process.env.PORT, '127.0.0.1');
