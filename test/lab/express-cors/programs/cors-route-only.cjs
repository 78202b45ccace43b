const express = require('express');
const cors = require('cors');

const app = express();
const shared = cors({ origin: 'https://app.example.com', methods: ['GET', 'PUT', 'DELETE'] });
app.get('/', shared, (req, res) => res.send('ok'));
app.put('/', shared, (req, res) => res.send('saved'));

module.exports = app;
