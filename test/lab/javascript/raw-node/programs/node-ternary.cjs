const http = require('node:http');

const trusted = ['https://app.example.com', 'http://localhost:3000'];
module.exports = http.createServer((req, res) => {
  const { origin } = req.headers;
  res.setHeader('Access-Control-Allow-Origin', trusted.includes(origin) ? origin : 'https://app.example.com');
  res.end('ok');
});
