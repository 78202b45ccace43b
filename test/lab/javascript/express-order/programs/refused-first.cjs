const express = require('express');
const cors = require('cors');

const app = express();
app.use((req, res, next) => {
  const { origin } = req.headers;
  if (origin === 'http://localhost:3000') return res.status(403).end();
  res.setHeader('Access-Control-Allow-Origin', 'https://app.example.com');
  next();
});
app.get('/items', cors({ origin: true, credentials: true }), (req, res) => res.send('ok'));
app.all('/other', (req, res) => res.send('ok'));

module.exports = app;
