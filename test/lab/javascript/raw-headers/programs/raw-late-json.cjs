const express = require('express');

const app = express();
app.all('/', (req, res) => {
  res.setHeader('Access-Control-Allow-Origin', 'https://app.example.com');
  res.json({ ok: true });
  res.setHeader('Access-Control-Allow-Credentials', 'true');
});

module.exports = app;
