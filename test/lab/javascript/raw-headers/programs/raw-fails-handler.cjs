const express = require('express');

const app = express();
app.use((req, res, next) => {
  res.append('Vary', 'Origin');
  const origin = req.headers.origin || '';
  if (origin.endsWith('.example.com')) {
    res.setHeader('Access-Control-Allow-Origin', origin);
  }
  next();
});
app.get('/fails', (req, res) => {
  res.status(500).json({ error: 'broken' });
});
app.all('/', (req, res) => res.send('ok'));

module.exports = app;
