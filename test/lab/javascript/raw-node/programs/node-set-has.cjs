const http = require('node:http');

const trusted = new Set(['https://app.example.com']);
module.exports = http.createServer((req, res) => {
  const origin = req.headers.origin;
  if (origin && trusted.has(origin)) res.setHeader('Access-Control-Allow-Origin', origin);
  res.end('ok');
});
