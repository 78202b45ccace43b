const express = require('express');
const cors = require('cors');

const app = express();
function allowCrossDomain(req, res, next) {
  res.header('Access-Control-Allow-Origin', '*');
  res.header('Access-Control-Allow-Methods', 'GET,PUT');
  next();
}
app.use(allowCrossDomain);
app.get('/me', cors({ origin: ['https://app.example.com'] }), (req, res) => res.send('ok'));
app.all('/other', (req, res) => res.send('ok'));

module.exports = app;
