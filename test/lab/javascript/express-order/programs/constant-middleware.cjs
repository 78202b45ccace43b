const express = require('express');
const cors = require('cors');

const app = express();
const everywhere = cors({ origin: ['https://app.example.com'] });
const open = cors({ origin: '*' });
app.use(everywhere);
app.get('/feed', open, (req, res) => res.send('ok'));
app.all('/other', (req, res) => res.send('ok'));

module.exports = app;
