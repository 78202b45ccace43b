const express = require('express');

const app = express();
app.use((req, res, next) => {
  switch (req.headers.origin) {
    case 'https://app.example.com':
    case 'http://localhost:3000':
      res.setHeader('Access-Control-Allow-Origin', req.headers.origin);
      res.setHeader('Vary', 'Origin');
      break;
    default:
      break;
  }
  next();
});
app.all('/', (req, res) => res.send('ok'));

module.exports = app;
