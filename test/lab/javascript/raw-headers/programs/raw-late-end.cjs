const express = require('express');

const app = express();
app.all('/', (req, res) => {
  res.end('ok');
  res.header('Access-Control-Allow-Origin', 'https://app.example.com');
  res.header('Vary', 'Origin');
});

module.exports = app;
