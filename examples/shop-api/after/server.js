const express = require('express');
const cors = require('cors');
const partners = require('./partners');

const app = express();
app.use(express.json());

const ownPages = cors({
  origin: /^https:\/\/([a-z0-9-]+\.)?shop\.example$/,
  credentials: true,
});

app.use('/catalogue', ownPages);
app.use('/account', cors({ origin: ['https://shop.example'], credentials: true }));
app.use('/partners', partners);
app.use('/prices', cors({ origin: process.env.PRICE_READERS || 'https://shop.example' }));

app.get('/catalogue', (req, res) => res.json([]));
app.get('/account', (req, res) => res.json({ name: 'A. Customer' }));

app.listen(process.env.PORT || 3000);
