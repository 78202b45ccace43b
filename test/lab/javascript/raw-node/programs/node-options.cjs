const http = require('node:http');

module.exports = http.createServer((req, res) => {
  res.setHeader('Access-Control-Allow-Origin', 'https://app.example.com');
  if (req.method === 'OPTIONS') {
    res.setHeader('Access-Control-Allow-Methods', 'GET, PUT, DELETE');
    res.setHeader('Access-Control-Allow-Headers', 'content-type, x-test');
    res.writeHead(204);
    res.end();
    return;
  }
  res.end('ok');
});
