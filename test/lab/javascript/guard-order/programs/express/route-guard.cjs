const express = require('express');
const cors = require('cors');

const app = express();
function signedIn(req, res, next) {
  if (!req.headers.authorization) return res.status(401).json({ error: 'sign in' });
  next();
}

app.use(cors({ origin: 'https://app.example.com' }));
app.all('/', signedIn, (req, res) => res.send('ok'));

module.exports = app;
