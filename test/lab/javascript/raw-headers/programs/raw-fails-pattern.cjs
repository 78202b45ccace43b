const express = require('express');

const ours = /^https:\/\/([a-z]+\.)?example\.com$/;
const app = express();
app.use(({ headers: { origin } }, res, next) => {
  if (origin && ours.test(origin)) {
    res.set('Access-Control-Allow-Origin', origin).vary('Origin');
  }
  next();
});
app.all('/', (_req, res) => res.send('ok'));
app.get('/fails', (_req, res) => res.sendStatus(503));

module.exports = app;
