const http = require('node:http');

module.exports = http.createServer((req, res) => {
  res.writeHead(200, ['Access-Control-Allow-Origin', 'https://app.example.com', 'Access-Control-Allow-Credentials', 'true']);
  res.end('ok');
});
