const express = require('express');
const cors = require('cors');

const app = express();
app.use((req, res, next) => {
  res.header('Access-Control-Allow-Origin', '*');
  res.header('Access-Control-Allow-Headers', 'Content-Type, Authorization');
  next();
});
app.get('/me', cors({ origin: 'https://app.example.com', credentials: true }), (req, res) => res.send('ok'));
app.all('/other', (req, res) => res.send('ok'));

module.exports = app;
