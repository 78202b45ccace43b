const express = require('express');

const app = express();
app.use((req, res, next) => {
  res.setHeader('Access-Control-Allow-Origin', 'https://app.example.com');
  res.setHeader('Access-Control-Allow-Credentials', true);
  next();
});
app.all('/', (req, res) => res.send('ok'));

module.exports = app;
