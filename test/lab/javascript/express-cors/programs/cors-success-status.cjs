const express = require('express');
const cors = require('cors');

const app = express();
app.use(cors({ origin: ['https://app.example.com'], optionsSuccessStatus: 200, maxAge: 600 }));
app.all('/', (req, res) => res.send('ok'));
app.get('/fails', () => { throw new Error('out of order'); });

module.exports = app;
