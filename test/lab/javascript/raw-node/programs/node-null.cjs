const http = require('node:http');

module.exports = http.createServer((req, res) => {
  res.setHeader('Access-Control-Allow-Origin', 'null');
  res.setHeader('Access-Control-Allow-Credentials', 'true');
  res.end('ok');
});
