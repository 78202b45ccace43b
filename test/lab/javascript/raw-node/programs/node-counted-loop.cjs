const http = require('node:http');

const origins = ['https://app.example.com', 'https://sub.app.example.com'];

module.exports = http.createServer((req, res) => {
  for (let i = 0; i < origins.length; i++) {
    if (origins[i] === req.headers.origin) res.setHeader('Access-Control-Allow-Origin', origins[i]);
  }
  res.end('ok');
});
