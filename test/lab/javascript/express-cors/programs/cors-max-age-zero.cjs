const express = require('express');
const cors = require('cors');

const app = express();
app.use(cors({ origin: 'https://app.example.com', maxAge: 0 }));
app.all('/', (req, res) => res.send('ok'));
app.get('/fails', () => { throw new Error('out of order'); });

module.exports = app;
