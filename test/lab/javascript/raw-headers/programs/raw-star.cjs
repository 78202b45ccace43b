const express = require('express');

const app = express();
app.use((req, res, next) => {
  res.header('Access-Control-Allow-Origin', '*');
  next();
});
app.all('/', (req, res) => res.send('ok'));

module.exports = app;
