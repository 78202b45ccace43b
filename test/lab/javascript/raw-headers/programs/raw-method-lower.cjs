const express = require('express');

const app = express();
app.use((req, res, next) => {
  res.set({
    'Access-Control-Allow-Origin': 'https://app.example.com',
    'Access-Control-Allow-Methods': 'GET, put, patch',
    'Access-Control-Allow-Headers': 'Content-Type',
  });
  if (req.method === 'OPTIONS') return res.sendStatus(204);
  next();
});
app.all('/', (req, res) => res.send('ok'));
app.get('/fails', () => { throw new Error('broken'); });

module.exports = app;
