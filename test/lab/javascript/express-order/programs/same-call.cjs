const express = require('express');
const cors = require('cors');

const app = express();
app.get('/items', cors({ origin: ['https://app.example.com'], credentials: true }), (req, res) => {
  res.set('Access-Control-Allow-Origin', '*');
  res.send('ok');
});

module.exports = app;
