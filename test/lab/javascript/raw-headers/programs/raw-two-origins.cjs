const express = require('express');

const app = express();
app.use((req, res, next) => {
  res.append('Access-Control-Allow-Origin', 'https://app.example.com');
  res.append('Access-Control-Allow-Origin', 'https://b.example');
  next();
});
app.all('/', (req, res) => res.send('ok'));

module.exports = app;
