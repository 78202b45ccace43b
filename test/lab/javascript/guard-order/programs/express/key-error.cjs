const express = require('express');
const cors = require('cors');

const app = express();
app.use((req, res, next) => {
  const key = req.headers['x-api-key'];
  if (!key) return next(Object.assign(new Error('no key'), { status: 401 }));
  next();
});
app.use(cors({ origin: 'https://app.example.com' }));
app.all('/', (req, res) => res.send('ok'));

module.exports = app;
