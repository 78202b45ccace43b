const express = require('express');
const cors = require('cors');

const app = express();
app.use('/api', cors({ origin: ['https://app.example.com'], credentials: true }));
app.use('/public', cors());
app.get('/api/users', cors({ origin: true }), (req, res) => res.send('ok'));
app.get('/apiary', cors({ origin: 'https://app.example.com' }), (req, res) => res.send('ok'));
app.all(['/api/other', '/public/other'], (req, res) => res.send('ok'));

module.exports = app;
