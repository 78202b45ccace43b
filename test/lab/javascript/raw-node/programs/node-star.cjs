const http = require('node:http');

module.exports = http.createServer((req, res) => {
  res.setHeader('Access-Control-Allow-Origin', '*');
  res.end('ok');
});
