const http = require('node:http');

const trusted = ['https://app.example.com', 'http://localhost:3000'];
module.exports = http.createServer((req, res) => {
  const { origin } = req.headers;
  trusted.includes(origin) && res.setHeader('Access-Control-Allow-Origin', origin);
  res.end('ok');
});
