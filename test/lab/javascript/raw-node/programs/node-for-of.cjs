const http = require('node:http');

const origins = ['https://app.example.com', 'http://localhost:3000'];

module.exports = http.createServer((req, res) => {
  for (const origin of origins) {
    if (req.headers.origin !== origin) continue;
    res.setHeader('Access-Control-Allow-Origin', origin);
    res.setHeader('Vary', 'Origin');
  }
  res.end('ok');
});
