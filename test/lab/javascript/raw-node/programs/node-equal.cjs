const http = require('node:http');

module.exports = http.createServer((req, res) => {
  if (req.headers.origin === 'https://app.example.com') res.setHeader('Access-Control-Allow-Origin', req.headers.origin);
  res.end('ok');
});
