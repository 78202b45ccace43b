const express = require('express');
const cors = require('cors');
const { corsOptions } = require('./_options.cjs');

const app = express();
app.use(cors(corsOptions));
app.all('/', (req, res) => res.send('ok'));

module.exports = app;
