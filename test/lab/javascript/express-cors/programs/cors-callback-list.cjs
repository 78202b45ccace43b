const express = require('express');
const cors = require('cors');

const app = express();
const trusted = ['https://app.example.com'];
app.use(cors({
  origin: (origin, callback) => {
    if (!origin || trusted.includes(origin)) return callback(null, true);
    return callback(null, false);
  },
  credentials: true,
}));
app.all('/', (req, res) => res.send('ok'));

module.exports = app;
