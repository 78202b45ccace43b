const express = require('express');
const cors = require('cors');

const app = express();
app.use((req, res, next) => {
  req.isSignedIn = req.headers.authorization !== undefined;
  next();
});
app.use(cors({ origin: 'https://app.example.com' }));
app.all('/', (req, res) => res.send('ok'));

module.exports = app;
