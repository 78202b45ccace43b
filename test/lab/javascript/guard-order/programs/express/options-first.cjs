const express = require('express');
const cors = require('cors');

const app = express();
function signedIn(req, res, next) {
  if (!req.headers.authorization) return res.status(401).json({ error: 'sign in' });
  next();
}

const shared = cors({ origin: 'https://app.example.com' });
app.options('/', shared);
app.use(signedIn);
app.use(shared);
app.all('/', (req, res) => res.send('ok'));

module.exports = app;
