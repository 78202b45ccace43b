const express = require('express');

const app = express();
app.all('/', (req, res) => {
  res.send('ok');
  res.set('Access-Control-Allow-Origin', '*');
});

module.exports = app;
