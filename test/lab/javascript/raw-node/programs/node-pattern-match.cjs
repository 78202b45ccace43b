const http = require('node:http');

module.exports = http.createServer((req, res) => {
  const origin = req.headers.origin || '';
  if (origin.match(/app\.example\.com/)) res.setHeader('Access-Control-Allow-Origin', origin);
  res.end('ok');
});
