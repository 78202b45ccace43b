const express = require('express');
const cors = require('cors');

const app = express();
app.use((req, res, next) => {
  res.setHeader('Access-Control-Allow-Origin', 'https://app.example.com');
  res.vary('Origin');
  next();
});
app.get('/feed', (req, res) => {
  res.append('Access-Control-Allow-Origin', 'https://evil.example');
  res.send('ok');
});
app.all('/other', (req, res) => res.send('ok'));

module.exports = app;
