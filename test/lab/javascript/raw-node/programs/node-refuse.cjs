const http = require('node:http');

const origins = ['https://app.example.com', 'http://localhost:3000'];

module.exports = http.createServer((req, res) => {
  const { origin } = req.headers;
  if (origin && !origins.includes(origin)) {
    res.statusCode = 403;
    res.end('no');
    return;
  }
  if (origin) res.setHeader('Access-Control-Allow-Origin', origin);
  res.setHeader('Vary', 'Origin');
  res.end('ok');
});
