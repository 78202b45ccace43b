const express = require('express');
const cors = require('cors');

const app = express();
app.use(cors({ origin: ['https://app.example.com'], preflightContinue: true }));
app.options('/items', cors({ origin: ['https://evil.example'], methods: ['PUT'] }));
app.all(['/items', '/other'], (req, res) => res.send('ok'));

module.exports = app;
