const express = require('express');
const cors = require('cors');

const app = express();
app.use(cors());
app.get('/reports', cors({ origin: ['https://app.example.com'], credentials: true }), (req, res) => res.send('ok'));
app.all('/other', (req, res) => res.send('ok'));

module.exports = app;
