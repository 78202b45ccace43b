const express = require('express');

const app = express();
const trusted = new Set(['https://app.example.com', 'http://localhost:3000']);
app.use((req, res, next) => {
  if (!trusted.has(req.headers.origin)) return next();
  res.append('Vary', 'Origin');
  res.header('Access-Control-Allow-Origin', req.headers.origin);
  return next();
});
app.all('/', (req, res) => res.send('ok'));

module.exports = app;
