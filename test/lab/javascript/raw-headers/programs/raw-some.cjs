const express = require('express');

const app = express();
const suffixes = ['.example.com', 'localhost:3000'];
app.use((req, res, next) => {
  const { origin } = req.headers;
  if (origin && suffixes.some((suffix) => origin.endsWith(suffix))) res.set('Access-Control-Allow-Origin', origin);
  next();
});
app.all('/', (req, res) => res.send('ok'));

module.exports = app;
