const express = require('express');

const app = express();
const ALLOW_ORIGIN = 'Access-Control-Allow-Origin';
const SITE = 'example.com';
app.use((req, res, next) => {
  res.setHeader(ALLOW_ORIGIN, `https://app.${SITE}`);
  next();
});
app.all('/', (req, res) => res.send('ok'));

module.exports = app;
