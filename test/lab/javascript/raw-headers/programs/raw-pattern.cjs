const express = require('express');

const app = express();
app.use((req, res, next) => {
  const origin = req.header('origin');
  if (origin && /^https:\/\/app\.example\.com/.test(origin)) {
    res.header('Access-Control-Allow-Origin', origin);
    res.header('Vary', 'Origin');
  }
  next();
});
app.all('/', (req, res) => res.send('ok'));

module.exports = app;
