const http = require('node:http');

module.exports = http.createServer((req, res) => {
  switch (req.headers.origin) {
    case 'https://app.example.com':
    case 'http://localhost:3000':
      res.setHeader('Access-Control-Allow-Origin', req.headers.origin);
      break;
    default:
  }
  res.end('ok');
});
