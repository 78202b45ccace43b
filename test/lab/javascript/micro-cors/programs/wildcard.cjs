const http = require('http');
const microCors = require('micro-cors');

const options = { origin: 'https://*.example.com' };
http.createServer(microCors(options)((req, res) => {
  res.end('ok');
})).listen(process.env.PORT, '127.0.0.1');
