const express = require('express');
const cors = require('cors');

const app = express();
app.use(cors());
app.all('/', (req, res) => res.send('ok'));

module.exports = app;
