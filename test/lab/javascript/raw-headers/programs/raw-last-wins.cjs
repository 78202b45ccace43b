const express = require('express');

const app = express();
app.use((req, res, next) => {
  res.setHeader('Access-Control-Allow-Origin', '*');
  res.setHeader('access-control-allow-origin', 'https://app.example.com');
  next();
});
app.all('/', (req, res) => res.send('ok'));

module.exports = app;
