const express = require('express');

const app = express();
app.all('/', (req, res) => {
  res.setHeader('Access-Control-Allow-Origin', 'https://app.example.com');
  res.setHeader('Access-Control-Allow-Credentials', 'true');
  res.json({ ok: true });
});

module.exports = app;
