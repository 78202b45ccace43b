const http = require('node:http');

module.exports = http.createServer((req, res) => {
  const { origin } = req.headers;
  try {
    const { hostname } = new URL(origin);
    if (hostname === 'app.example.com' || hostname.endsWith('.app.example.com')) res.setHeader('Access-Control-Allow-Origin', origin);
  } catch {
    // Nobody that a browser would send.
  }
  res.setHeader('Vary', 'Origin');
  res.end('ok');
});
