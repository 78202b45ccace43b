const express = require('express');
const cors = require('cors');

const app = express();
app.use(cors({ origin: new RegExp('^HTTPS://APP.EXAMPLE.COM$', 'i') }));
app.all('/', (req, res) => res.send('ok'));

module.exports = app;
