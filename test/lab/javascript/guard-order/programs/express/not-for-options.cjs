const express = require('express');
const cors = require('cors');

const app = express();
app.use((req, res, next) => {
  if (req.method !== 'OPTIONS' && !req.headers.authorization) return res.status(401).end();
  next();
});
app.use(cors({ origin: 'https://app.example.com' }));
app.all('/', (req, res) => res.send('ok'));

module.exports = app;
