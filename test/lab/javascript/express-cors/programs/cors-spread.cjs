const express = require('express');
const cors = require('cors');

const app = express();
const base = { credentials: true, origin: '*' };
app.use(cors({ ...base, origin: ['https://app.example.com'] }));
app.all('/', (req, res) => res.send('ok'));

module.exports = app;
