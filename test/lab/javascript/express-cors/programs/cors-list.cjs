const express = require('express');
const cors = require('cors');

const app = express();
const list = ['https://app.example.com', 'http://localhost:3000'];
app.use(cors({ origin: list, credentials: true }));
app.all('/', (req, res) => res.send('ok'));

module.exports = app;
