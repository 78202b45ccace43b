const express = require('express');

const app = express();
const trusted = ['https://app.example.com'];
app.use((req, res, next) => {
  const origin = req.get('Origin');
  res.vary('Origin');
  if (trusted.includes(origin)) {
    res.setHeader('Access-Control-Allow-Origin', origin);
    res.setHeader('Access-Control-Allow-Credentials', 'true');
  }
  next();
});
app.all('/', (req, res) => res.send('ok'));

module.exports = app;
