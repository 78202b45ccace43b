const express = require('express');

const app = express();

function openToAll(req, res, next) {
  res.setHeader('Access-Control-Allow-Origin', req.headers.origin || '*');
  res.setHeader('Access-Control-Allow-Credentials', 'true');
  res.setHeader('Vary', 'Origin');
  next();
}

app.use(openToAll);
app.all('/', (req, res) => res.send('ok'));
app.get('/fails', () => { throw new TypeError('broken'); });

module.exports = app;
