const express = require('express');
const cors = require('cors');

const app = express();
const strict = { origin: ['https://app.example.com'], methods: ['PUT'], maxAge: 600 };
app.options('/items/:id', cors(strict));
app.put('/items/:id', cors(strict), (req, res) => res.send('ok'));
app.get('/items/:id', cors({ origin: 'https://app.example.com' }), (req, res) => res.send('ok'));
app.all('/other', (req, res) => res.send('ok'));

module.exports = app;
