const express = require('express');
const cors = require('cors');

const app = express();
const authenticateToken = (req, res, next) => {
  const header = req.headers['authorization'];
  const token = header && header.split(' ')[1];
  if (token == null) return res.sendStatus(401);
  next();
};
app.use(authenticateToken);
app.use(cors({ origin: 'https://app.example.com' }));
app.all('/', (req, res) => res.send('ok'));

module.exports = app;
