const express = require('express');
const cors = require('cors');

const app = express();
app.use(cors({ origin: '*' }));
app.all('/', (req, res) => res.send('ok'));

module.exports = app;
