const http = require('node:http');

const trusted = ['https://app.example.com', 'http://localhost:3000'];
module.exports = http.createServer((req, res) => {
  const { origin } = req.headers;
  res.setHeader('Vary', 'Origin');
  if (trusted.includes(origin)) {
    res.setHeader('Access-Control-Allow-Origin', origin);
    res.setHeader('Access-Control-Allow-Credentials', 'true');
  }
  res.end('ok');
});
