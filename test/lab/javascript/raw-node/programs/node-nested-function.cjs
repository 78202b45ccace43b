const http = require('node:http');

function isTrusted(origin) {
  for (const domain of ['example.com', 'example.org']) {
    if (origin && origin.endsWith(domain)) return true;
  }
  return false;
}

module.exports = http.createServer((req, res) => {
  if (isTrusted(req.headers.origin)) {
    res.setHeader('Access-Control-Allow-Origin', req.headers.origin);
    res.setHeader('Access-Control-Allow-Credentials', 'true');
  }
  res.setHeader('Vary', 'Origin');
  res.end('ok');
});
