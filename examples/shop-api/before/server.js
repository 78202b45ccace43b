const express = require('express');
const cors = require('cors');
const partners = require('./partners');

const app = express();
app.use(express.json());

// Any subdomain of ours may read the catalogue, or so we thought.
const catalogue = cors({
  origin: /shop\.example$/,
  credentials: true,
});

app.use('/catalogue', catalogue);
app.use('/account', cors({ origin: true, credentials: true }));
app.use('/partners', partners);
app.use('/prices', cors({ origin: process.env.PRICE_READERS || '*' }));

app.get('/catalogue', (req, res) => res.json([]));
app.get('/account', (req, res) => res.json({ name: 'A. Customer' }));

app.listen(process.env.PORT || 3000);
