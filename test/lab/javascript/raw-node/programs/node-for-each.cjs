const http = require('node:http');

const origins = ['https://app.example.com', 'https://sub.app.example.com'];

module.exports = http.createServer((req, res) => {
  origins.forEach((origin) => {
    if (origin === req.headers.origin) {
      res.setHeader('Access-Control-Allow-Origin', origin);
      res.setHeader('Access-Control-Allow-Credentials', 'true');
    }
  });
  res.setHeader('Vary', 'Origin');
  res.end('ok');
});
