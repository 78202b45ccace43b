const http = require('node:http');

const table = { 'https://app.example.com': 'https://app.example.com', 'http://localhost:3000': 'http://localhost:3000' };

module.exports = http.createServer((req, res) => {
  const answer = table[req.headers.origin];
  if (answer) res.setHeader('Access-Control-Allow-Origin', answer);
  res.setHeader('Vary', 'Origin');
  res.end('ok');
});
