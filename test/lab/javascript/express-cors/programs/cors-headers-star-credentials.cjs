const express = require('express');
const cors = require('cors');

const app = express();
app.use(cors({ origin: ['https://app.example.com'], credentials: true, allowedHeaders: '*', exposedHeaders: '*' }));
app.all('/', (req, res) => res.send('ok'));

module.exports = app;
