const express = require('express');
const cors = require('cors');

const app = express();
app.use((req, res, next) => {
  if (req.get('X-Api-Key') !== 'lab') {
    res.sendStatus(403);
    return;
  }
  next();
});
app.use(cors({ origin: ['https://app.example.com'], credentials: true }));
app.all('/', (req, res) => res.send('ok'));

module.exports = app;
