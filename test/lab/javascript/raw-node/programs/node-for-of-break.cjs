const http = require('node:http');

const suffixes = ['.app.example.com', '.example.net'];

module.exports = http.createServer((req, res) => {
  const { origin } = req.headers;
  let granted;
  for (const suffix of suffixes) {
    if (origin && origin.endsWith(suffix)) {
      res.setHeader('Access-Control-Allow-Origin', origin);
      break;
    }
  }
  res.setHeader('Vary', 'Origin');
  res.end(String(granted));
});
