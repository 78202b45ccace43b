const express = require('express');

const app = express();
app.use((req, res, next) => {
  const origin = req.headers.origin ?? '';
  if (origin.includes('example.com')) res.set('Access-Control-Allow-Origin', origin);
  next();
});
app.all('/', (req, res) => res.send('ok'));

module.exports = app;
