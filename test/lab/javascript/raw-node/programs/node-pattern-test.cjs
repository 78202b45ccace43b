const http = require('node:http');

const pattern = /^https:\/\/(\w+\.)?app\.example\.com$/;
module.exports = http.createServer((req, res) => {
  const origin = req.headers.origin ?? '';
  if (pattern.test(origin)) res.setHeader('Access-Control-Allow-Origin', origin);
  res.end('ok');
});
