const http = require('node:http');

const trusted = ['https://app.example.com', 'http://localhost:3000'];
module.exports = http.createServer((req, res) => {
  const origin = req.headers.origin;
  if (!trusted.includes(origin)) return res.end('closed');
  res.setHeader('Access-Control-Allow-Origin', origin);
  return res.end('ok');
});
