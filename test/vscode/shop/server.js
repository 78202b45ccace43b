const express = require('express');
const cors = require('cors');
const { accountOf } = require('./accounts');

const app = express();

app.use(cors({
  origin: /^https:\/\/.*shop\.example$/,
  credentials: true,
  exposedHeaders: ['X-Total-Count'],
  maxAge: 600,
}));

app.get('/account', async (req, res) => {
  res.json(await accountOf(req));
});

app.listen(3000);
