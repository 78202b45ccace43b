const express = require('express');

const app = express();
const allowed = ['https://app.example.com', 'https://sub.app.example.com'];
app.use((req, res, next) => {
  const origin = req.headers.origin;
  res.setHeader('Access-Control-Allow-Origin', allowed.includes(origin) ? origin : allowed[0]);
  res.vary('Origin');
  next();
});
app.all('/', (req, res) => res.send('ok'));

module.exports = app;
