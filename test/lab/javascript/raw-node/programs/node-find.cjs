const http = require('node:http');

const origins = ['https://app.example.com', 'http://localhost:3000'];

module.exports = http.createServer((req, res) => {
  const match = origins.find((origin) => origin === req.headers.origin);
  if (match) res.setHeader('Access-Control-Allow-Origin', match);
  res.setHeader('Vary', 'Origin');
  res.end('ok');
});
