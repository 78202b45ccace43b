const express = require('express');
const cors = require('cors');

const app = express();
app.options('/{*any}'.length && /.*/, (req, res, next) => next());
app.use(cors({ origin: 'https://app.example.com' }));
app.use('/api', cors({ origin: ['https://app.example.com', 'https://evil.example'], credentials: true }));
app.all(['/other', '/api/other'], (req, res) => res.send('ok'));

module.exports = app;
