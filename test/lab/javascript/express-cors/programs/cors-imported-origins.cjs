const express = require('express');
const cors = require('cors');
const origins = require('./_origins.cjs');

const app = express();
app.use(cors({ origin: origins, credentials: true }));
app.all('/', (req, res) => res.send('ok'));

module.exports = app;
