const http = require('node:http');

function allow(req, res) {
  const { origin } = req.headers;
  if (origin === 'https://app.example.com') {
    res.setHeader('Access-Control-Allow-Origin', origin);
  }
  res.setHeader('Vary', 'Origin');
}

module.exports = http.createServer((req, res) => {
  allow(req, res);
  res.end('ok');
});
