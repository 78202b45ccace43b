import { createServer } from 'node:http';

const allowed = new Set(['https://app.example.com', 'http://localhost:3000']);

export default createServer((req, res) => {
  const { origin } = req.headers;
  res.setHeader('Vary', 'Origin');
  if (allowed.has(origin)) {
    res.setHeader('Access-Control-Allow-Origin', origin);
    res.setHeader('Access-Control-Allow-Credentials', 'true');
  }
  if (req.method === 'OPTIONS') {
    res.writeHead(204, { 'Access-Control-Allow-Methods': 'GET,PUT,DELETE', 'Access-Control-Allow-Headers': 'content-type,x-test', 'Access-Control-Max-Age': '600' });
    return res.end();
  }
  return res.end('ok');
});
