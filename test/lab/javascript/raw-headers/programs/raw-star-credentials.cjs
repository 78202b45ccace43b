const express = require('express');

const app = express();
app.use((req, res, next) => {
  res.set({ 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Credentials': 'true' });
  next();
});
app.all('/', (req, res) => res.send('ok'));

module.exports = app;
