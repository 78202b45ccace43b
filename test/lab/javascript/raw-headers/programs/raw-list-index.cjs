const express = require('express');

const app = express();
const trusted = ['https://app.example.com', 'null'];
app.use((req, res, next) => {
  const { origin } = req.headers;
  if (trusted.indexOf(origin) > -1) res.setHeader('Access-Control-Allow-Origin', origin);
  next();
});
app.all('/', (req, res) => res.send('ok'));

module.exports = app;
