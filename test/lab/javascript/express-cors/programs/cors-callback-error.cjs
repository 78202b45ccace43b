const express = require('express');
const cors = require('cors');

const app = express();
app.use(cors({
  origin(origin, callback) {
    if (origin && origin.startsWith('https://app.example.com')) callback(null, true);
    else callback(null, false);
  },
}));
app.all('/', (req, res) => res.send('ok'));

module.exports = app;
