const express = require('express');
const cors = require('cors');

const app = express();
app.use(cors({ origin: ['http://localhost:3000', /\.example\.com$/] }));
app.all('/', (req, res) => res.send('ok'));

module.exports = app;
